"""What the house makes of what the booth tells it."""

import time
from pathlib import Path

import pytest

from hub.ledger.book import FILE
from hub.ledger.ledger import Ledger
from hub.ledger.purposes import Endpoint
from hub.ledger.report import Line, report
from hub.ledger.words import headline
from hub.lending.lane import PURPOSE, Lending
from hub.lending.messages import Lent
from hub.lending.section import Speech
from hub.messages import Closed, State

NOW = 1_800_000_000.0


def told(folder: Path, listen: str) -> tuple[Line, str]:
    """The ledger's line, and its headline."""
    ledger = Ledger(folder / FILE, [Endpoint("", 10701, PURPOSE)], print)
    try:
        lending = Lending(Speech(listen=listen), ledger, print, print, print)
        for _ in range(2):
            lending.take(Lent(connections=1, bytes_in=97_000, bytes_out=55), NOW)
        found = report(ledger.entries(0))
    finally:
        ledger.close(NOW)
    [line] = [each for each in found.destinations if each.port == 10701]
    return line, headline(found)


@pytest.mark.parametrize("listen", ["0.0.0.0", "::", "192.168.1.5", "hub.local"])
def test_what_went_into_the_network_is_in_the_ledger(tmp_path: Path, listen: str) -> None:
    line, words = told(tmp_path, listen)
    assert (line.connections, line.bytes_in, line.bytes_out) == (2, 194_000, 110)
    assert (line.way, line.here, line.purpose) == ("from", False, PURPOSE)
    assert words == f"110 bytes today, all to Wyoming clients ({PURPOSE})."


@pytest.mark.parametrize("listen", ["127.0.0.1", "::1", "localhost"])
def test_what_stayed_on_this_machine_did_not(tmp_path: Path, listen: str) -> None:
    line, words = told(tmp_path, listen)
    assert (line.here, line.bytes_out) == (True, 110)
    assert words == "Nothing was sent today."


def test_how_it_fares_is_told(tmp_path: Path) -> None:
    said: list[object] = []
    ledger = Ledger(tmp_path / FILE, (), print)
    try:
        lending = Lending(Speech(), ledger, said.append, said.append, said.append)
        seal, ready = Closed(source="booth", level="B"), State(source="booth", state="ready")
        lending.take(seal, time.time())
        lending.take(ready, time.time())
        lending.take(Lent(written=2, spoken=3, woken=1), time.time())
    finally:
        ledger.close(time.time())
    assert said == [seal, ready, "Lends ears and voice by Wyoming at 127.0.0.1:10701."]
    done = lending.done
    assert (done.written, done.spoken, done.woken) == (2, 3, 1)
