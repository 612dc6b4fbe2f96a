"""The command `kiosk`; `python -m kiosk` is the same."""

from __future__ import annotations

import signal


def main() -> None:
    """Run the command. Ctrl+C while its parts are still being read ends it as it ends any other program."""
    usual = signal.getsignal(signal.SIGINT)
    if usual is signal.default_int_handler:  # whoever started it in the background may have it ignored
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from kiosk.cli import main as run  # after the line above: it takes the better part of a second

    signal.signal(signal.SIGINT, usual)
    run()


if __name__ == "__main__":
    main()
