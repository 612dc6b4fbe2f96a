"""A believable year of answers, for trying everything. The same seed gives the same year.

days (which days, how many answers, how well it goes) -> visits (whole visits, by the survey's own rules)
                                                           └── replies (what a customer in that mood says)
records (the year in order) -> filling (a new database)
"""
