"""A workbook for people: what the answers say, the answers themselves, and what it all means.

workbook -> summary, answers, hours, notes (one sheet each, or several of answers), all in the looks of `style`
"""
