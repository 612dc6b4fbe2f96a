"""What a period was like, told in one language: to the report, the workbook, the staff's pages and the hub's.

store.Reader -> facts (figures, the time before, comments) -> findings (sentences)
phrasing (words, numbers, days) -> edition (a shop's own questions and choices; labels) -> findings
                                -> scales (the numbers at a scale, the goal and the benchmark on it)
"""
