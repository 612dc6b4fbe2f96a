"""Files that leave the kiosk. Each appears whole or not at all, and none ever takes the place of another.

store.Reader -> table (one row an answer, the columns that the shop knows) -> csv_file | json_file -> atomic
"""
