"""`kiosk hub …`: the hub's own commands, one file a group."""

from kiosk.cli.hub import devices, keys, moving, serving, texts, users
from kiosk.cli.hub.app import hub

__all__ = ["devices", "hub", "keys", "moving", "serving", "texts", "users"]
