"""What staff take along at closing time: on a USB stick, or on a phone over the local network.

export -> parcel (a file without a name on this machine) -> stick | phone
"""
