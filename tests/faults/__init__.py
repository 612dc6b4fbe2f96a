"""A network that fails on command: `proxy` stands between a kiosk and a hub, `certificates` makes what TLS trusts."""
