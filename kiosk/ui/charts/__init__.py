"""What staff see: sheets of words and shares, and the drawings that show them in cells."""
