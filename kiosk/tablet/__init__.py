"""The kiosk in tablets' browsers: the only home of textual-serve, its web server and our own page."""
