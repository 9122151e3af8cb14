"""Local time follows the zone of the machine, which may be changed while the hub runs."""

from datetime import timedelta
from pathlib import Path

from hub.timekeeping.zone import LocalClock

ZONES = Path("/usr/share/zoneinfo")


def test_a_zone_that_is_changed_is_seen(tmp_path: Path) -> None:
    localtime = tmp_path / "localtime"
    localtime.symlink_to(ZONES / "Asia" / "Tokyo")
    clock = LocalClock({}, localtime)
    before = clock()
    assert before.utcoffset() == timedelta(hours=9)
    assert clock().tzinfo is before.tzinfo
    localtime.unlink()
    localtime.symlink_to(ZONES / "Asia" / "Kolkata")
    assert clock().utcoffset() == timedelta(hours=5, minutes=30)


def test_a_zone_may_be_named_in_the_environment(tmp_path: Path) -> None:
    assert LocalClock({"TZ": ":Asia/Tokyo"}, tmp_path)().utcoffset() == timedelta(hours=9)


def test_without_any_it_is_what_the_system_thinks(tmp_path: Path) -> None:
    broken = tmp_path / "localtime"
    broken.write_text("not a zone")
    for clock in (LocalClock({"TZ": "No/Where"}, broken), LocalClock({}, tmp_path / "none")):
        assert clock().utcoffset() == clock().astimezone().utcoffset()
