"""Who may follow what happens: so many in all, and so many each."""

from __future__ import annotations

import pytest

from kiosk.hub.seats import Occupied, Seats


def test_one_has_so_many_seats_and_all_together_have_so_many() -> None:
    seats = Seats(whole=3, each=2)
    with seats.taken("anna"), seats.taken("anna"):
        with pytest.raises(Occupied), seats.taken("anna"):
            pass
        with seats.taken("ben"), pytest.raises(Occupied), seats.taken("carl"):
            pass
        with seats.taken("carl"):
            pass


def test_a_seat_is_free_again_whatever_ends_it() -> None:
    seats = Seats(whole=1)
    with pytest.raises(OSError, match="gone"), seats.taken("anna"):
        raise OSError("gone")
    with seats.taken("ben"):
        pass
    assert not seats._taken
