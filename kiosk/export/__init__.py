"""Files that leave the kiosk. Each appears whole or not at all, and none ever takes the place of another.

selection (which answers) -> table (columns that every format shares) -> csv_file | json_file | parquet_file -> atomic
                                                                    └──> xlsx (with the figures of the days)
"""
