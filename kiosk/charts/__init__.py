"""Charts for paper and pages: pure functions from figures to marks, and from marks to SVG.

    figures -> interval | spread | hours | faces -> marks -> svg (pages)
                                                        \\-> export/report (PDF, PNG, HTML)

A mark is one shape or one line of words at its place, in points, y growing downwards. Whoever can draw six kinds of
marks can draw every chart: no chart knows what it is drawn with.
"""
