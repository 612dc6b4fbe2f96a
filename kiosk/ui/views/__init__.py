"""What the screen can show, one file a view."""
