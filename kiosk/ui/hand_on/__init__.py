"""Handing a day on from the staff's screen.

flow (what and where) -> errand (what all ways share) -> stick | phone | folder
"""
