"""The report: one A4 page that says what a day, or several, was like. One layout, three kinds of files.

telling (facts, findings) -> page (header, hero, panels, blocks, foot) -> marks -> html | png | pdf -> atomic
"""
