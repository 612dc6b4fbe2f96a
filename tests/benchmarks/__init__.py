"""What the kiosk costs, measured beside a browser kiosk. Started by hand; the tests check only its arithmetic."""
