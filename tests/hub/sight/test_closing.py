"""Cameras that somebody closed: who may open them, when they open, and what a restart knows."""

import stat
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.sight.closing import By, Closed, Closing

KEYS = ("garden", "porch")
_closer = {"mqtt": 0, "page": 1, "voice": 1, "machine": 2}
_closed = st.builds(
    Closed,
    by=st.sampled_from(get_args(By)),
    until=st.none() | st.floats(0, 1e6),
    until_left=st.booleans(),
)


def closing(folder: Path) -> Closing:
    return Closing(folder / "state" / "cameras.json", KEYS)


@given(_closed, _closed, st.floats(0, 2e6), st.sampled_from([None, True, False]))
def test_who_may_not_open_cannot_open_sooner(
    before: Closed, wanted: Closed, now: float, home: bool | None
) -> None:
    if _closer[wanted.by] >= _closer[before.by]:
        return
    with TemporaryDirectory() as folder:
        alone, both, other = (closing(Path(folder) / name) for name in ("a", "b", "c"))
        alone.close("porch", before)
        other.close("porch", wanted)
        both.close("porch", before)
        both.close("porch", wanted)
        assert both.closed["porch"].by == before.by
        if both.due(now, anybody_home=home):
            assert alone.due(now, anybody_home=home)
            assert other.due(now, anybody_home=home)


def test_what_is_said_farther_away_lasts_as_long_too(tmp_path: Path) -> None:
    cameras = closing(tmp_path)
    cameras.close("porch", Closed(by="machine", until=100.0))
    cameras.close("porch", Closed(by="voice"))
    assert cameras.due(200.0, anybody_home=None) == ()
    assert cameras.open == ("garden",)


def test_a_restart_knows_it_and_nobody_else_may_read_it(tmp_path: Path) -> None:
    closing(tmp_path).close("porch", Closed(by="machine"))
    again = closing(tmp_path)
    assert again.open == ("garden",)
    assert not again.lift("porch", "page")
    assert again.lift("porch", "machine")
    assert closing(tmp_path).open == KEYS
    assert stat.S_IMODE(again.file.stat().st_mode) == 0o600


def test_until_everybody_left(tmp_path: Path) -> None:
    cameras = closing(tmp_path)
    cameras.close("porch", Closed(by="voice", until_left=True))
    assert cameras.due(0.0, anybody_home=True) == ()
    assert cameras.due(0.0, anybody_home=None) == ()
    assert cameras.due(0.0, anybody_home=False) == ("porch",)


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff", b'{"v":1,"shown":["\xff"]}', b'{"v":2}'])
def test_a_damaged_file_closes_all_and_says_so(tmp_path: Path, damage: bytes) -> None:
    closing(tmp_path).close("porch", Closed(by="mqtt"))
    (tmp_path / "state" / "cameras.json").write_bytes(damage)
    cameras = closing(tmp_path)
    assert cameras.open == ()
    assert "all cameras stay closed" in cameras.problem
    assert not cameras.lift("garden", "voice")
    assert cameras.lift("garden", "machine")


def test_it_closes_where_nothing_can_be_written(tmp_path: Path) -> None:
    cameras = closing(tmp_path)
    cameras.file.with_suffix(".new").mkdir()
    cameras.close("porch", Closed(by="voice"))
    assert cameras.open == ("garden",)
    assert "cannot be written" in cameras.problem
