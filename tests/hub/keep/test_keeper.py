"""Recordings end in time whatever restarts, and hold nothing that this machine can open."""

import os
import selectors
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest
from pyrage.x25519 import Identity

from hub.keep.errors import BadRecipient
from hub.keep.journal import Journal
from hub.keep.keeper import LEAST, PER_HOUR, Keeper, Recorded
from hub.keep.owner import opened
from hub.keep.settings import Recordings

START = 1_800_000_000.0
HOUR, DAY = 3_600.0, 86_400.0
SOUND = b"RIFF, plain sound as a hostile senses would send it" * 50


@dataclass
class Hub:
    """A launcher's life, without its processes."""

    folder: Path
    owner: Identity = field(default_factory=Identity.generate)
    now: float = START
    settings: Recordings | None = None

    def __post_init__(self) -> None:
        self.settings = Recordings(to=str(self.owner.to_public()), hours=2, keep_days=1)
        self.start()

    def start(self) -> None:
        self.selector = selectors.DefaultSelector()
        self.keeper = Keeper(self.folder, self.settings, self.selector, lambda: self.now)

    def end(self) -> None:
        self.keeper.stop()
        self.selector.close()

    def crash(self) -> None:
        for key in list(self.selector.get_map().values()):
            os.close(key.fd)
        self.selector.close()

    def send(self, *records: bytes) -> None:
        assert self.keeper.senses_end is not None
        journal = Journal(self.keeper.senses_end)
        for record in records:
            journal.keep(record)
            self.turn()

    def turn(self) -> None:
        while ready := self.selector.select(0):
            for key, _ in ready:
                take: Callable[[], None] = key.data
                take()

    @property
    def files(self) -> list[Path]:
        return sorted(self.folder.glob("*.age"))


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    return Hub(tmp_path / "recordings")


def test_what_is_kept_is_closed_to_the_owner_whatever_senses_sends(hub: Hub) -> None:
    hub.send(SOUND)
    [file] = hub.files
    assert file.stat().st_mode & 0o777 == 0o600
    assert SOUND[:40] not in file.read_bytes()
    assert opened(file.read_bytes(), [hub.owner]) == SOUND
    assert hub.keeper.recorded == Recorded(until=int(START + 2 * HOUR), kept=1, lost=0)


def test_it_ends_by_itself(hub: Hub) -> None:
    end = hub.keeper.senses_end
    assert end is not None
    journal = Journal(os.dup(end))
    hub.now += 2 * HOUR - 1
    assert hub.keeper.wait() <= 1
    hub.keeper.tick()
    assert hub.keeper.recorded.until
    hub.now += 1
    hub.keeper.tick()
    assert hub.keeper.senses_end is None
    assert hub.keeper.recorded.until == 0
    journal.keep(SOUND)
    assert journal.closed


def test_sound_that_comes_late_is_not_kept(hub: Hub) -> None:
    hub.now += 2 * HOUR
    assert hub.keeper.senses_end is not None
    Journal(hub.keeper.senses_end).keep(SOUND)
    hub.turn()
    assert hub.files == []


def test_no_restart_makes_it_longer(hub: Hub) -> None:
    hub.now += HOUR
    hub.crash()
    hub.start()
    assert hub.keeper.recorded.until == int(START + 2 * HOUR)
    hub.crash()
    hub.now += HOUR
    hub.start()
    assert hub.keeper.senses_end is None


def test_stopped_it_does_not_come_back_but_after_a_start_without_the_settings(hub: Hub) -> None:
    wanted = hub.settings
    hub.end()
    hub.now += 1
    hub.start()
    assert hub.keeper.senses_end is None
    hub.settings = None
    hub.start()
    hub.settings = wanted
    hub.start()
    assert hub.keeper.recorded.until == int(START + 1 + 2 * HOUR)


def test_other_settings_are_a_new_wish(hub: Hub) -> None:
    hub.end()
    assert hub.settings is not None
    hub.settings = msgspec.structs.replace(hub.settings, hours=1)
    hub.start()
    assert hub.keeper.recorded.until == int(START + HOUR)


def test_a_clock_put_back_ends_it(hub: Hub) -> None:
    hub.now -= 1
    hub.keeper.tick()
    assert hub.keeper.senses_end is None


def test_recordings_are_deleted_in_time_also_when_nothing_is_recorded(hub: Hub) -> None:
    hub.send(SOUND)
    hub.end()
    hub.settings = None
    hub.now += DAY - 1
    hub.start()
    assert len(hub.files) == 1
    hub.now += hub.keeper.wait()
    hub.keeper.tick()
    assert hub.files == []


def test_a_recording_from_the_far_future_is_deleted(hub: Hub) -> None:
    hub.now += HOUR
    hub.send(SOUND)
    hub.crash()
    hub.now -= 2 * DAY
    hub.start()
    assert hub.files == []


def test_senses_cannot_fill_the_disk(hub: Hub) -> None:
    record = os.urandom(900_000)
    sent = PER_HOUR // len(record) + 3
    for _ in range(sent):
        write_all(hub, record)
    assert len(hub.files) == PER_HOUR // len(record)
    assert hub.keeper.recorded.lost == 3
    assert sum(file.stat().st_size for file in hub.files) < 1.01 * PER_HOUR


def write_all(hub: Hub, record: bytes) -> None:
    """A pipe holds less than this record: senses and launcher take turns."""
    assert hub.keeper.senses_end is not None
    senses = threading.Thread(target=Journal(hub.keeper.senses_end).keep, args=(record,))
    senses.start()
    while senses.is_alive():
        hub.turn()
    hub.turn()


def test_garbage_ends_it(hub: Hub) -> None:
    end = hub.keeper.senses_end
    assert end is not None
    os.write(end, b"RIFF....WAVE")
    hub.turn()
    assert hub.keeper.senses_end is None
    assert hub.keeper.recorded.lost == 1


def test_a_key_that_is_none_is_refused(tmp_path: Path) -> None:
    selector = selectors.DefaultSelector()
    with pytest.raises(BadRecipient, match="age-keygen"):
        Keeper(tmp_path, Recordings(to="age1" + "q" * 58), selector)


@pytest.mark.parametrize("wrong", [{"hours": 25}, {"hours": 0}, {"keep_days": 8}, {"to": "age1"}])
def test_no_more_than_a_day_and_a_week(hub: Hub, wrong: dict[str, object]) -> None:
    plain = {**msgspec.to_builtins(hub.settings), **wrong}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(plain, Recordings)


def test_nothing_at_all_counts_as_a_second_of_sound(hub: Hub) -> None:
    """Files and their counts are a way to tell, however small they are."""
    for _ in range(PER_HOUR // LEAST + 3):
        hub.send(b"")
    assert len(hub.files) == PER_HOUR // LEAST
    assert hub.keeper.recorded.lost == 3
