"""The installed kiosk in real terminals, on real disks, as a customer and a thief would meet it."""
