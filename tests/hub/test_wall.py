"""How the processes are closed: what they say is held against what the kernel says."""

from pathlib import Path

import pytest

from hub.cage.facts import Facts
from hub.cage.rules import Role
from hub.cage.seal import Level, Sealed
from hub.door.door import MouthDoor, SensesDoor
from hub.door.turns import Permission
from hub.grammars import Grammars
from hub.guard import Guard, privacy_payload
from hub.ledger.ledger import Ledger
from hub.messages import Closed, Heard, Process, Recording, Seconds, Wake, WishLine
from hub.wall import Closure, Wall, held, in_words, lowest
from integrations.payloads import State
from integrations.wall_payloads import Privacy, RecordingState

CLOSED = Facts(
    threads=4,
    seccomp=(2,),
    no_new_privileges=True,
    capabilities=0,
    network=7,
    network_empty=True,
    devices_hidden=False,
)
HOUSE = Sealed(Role.HOUSE, "A", (), CLOSED)


def wall(facts: Facts | None) -> Wall:
    made = Wall(HOUSE, lambda _pid: facts)
    made.take(Process(name="senses", state="running", pid=100))
    made.take(Process(name="mouth", state="running", pid=101))
    return made


def changed(**values: object) -> Facts:
    return Facts(**({name: getattr(CLOSED, name) for name in CLOSED.__slots__} | values))


@pytest.mark.parametrize(
    ("told", "facts", "level"),
    [
        ("A", CLOSED, "A"),
        ("B", CLOSED, "B"),
        ("A", None, "A"),
        ("A", changed(network_empty=False), "C"),
        ("A", changed(seccomp=(0, 2)), None),
        ("A", changed(no_new_privileges=False), None),
        ("C", changed(capabilities=1 << 21), None),
    ],
)
def test_the_kernel_is_believed_before_the_process(
    told: Level, facts: Facts | None, level: Level | None
) -> None:
    assert held(told, facts) == level


def test_a_process_that_has_not_said_it_is_closed_is_starting_and_not_listened_to() -> None:
    made = wall(CLOSED)
    assert [closure.starting for closure in made.look()] == [False, True, True]
    assert lowest(made.look()) == "A"
    assert not made.stands("senses")
    made.take(Closed(source="senses", level="B"))
    assert made.stands("senses")
    assert lowest(made.look()) == "B"


def test_a_liar_is_shown_and_not_listened_to() -> None:
    made = wall(changed(seccomp=(0,)))
    made.take(Closed(source="senses", level="A"))
    assert not made.stands("senses")
    assert lowest(made.look()) is None
    assert in_words(made.look()) == "Not sealed: senses."
    payload = privacy_payload(made.look())
    assert (payload.level, payload.processes["senses"].seccomp) == ("none", 0)


def test_what_a_dead_process_said_does_not_hold_for_its_successor() -> None:
    made = wall(CLOSED)
    made.take(Closed(source="senses", level="A"))
    made.take(Process(name="senses", state="restarting", restarts=1))
    assert not made.stands("senses")
    made.take(Process(name="senses", state="running", restarts=1, pid=200))
    assert not made.stands("senses")


def test_the_level_is_told_once_in_one_line_and_published_when_it_changes(tmp_path: Path) -> None:
    published: list[State] = []
    said: list[str] = []
    ledger = Ledger(tmp_path / "ledger.db", (), said.append)
    senses = SensesDoor("en", Permission(frozenset()), Grammars("en"))
    guard = Guard(wall(CLOSED), ledger, senses, MouthDoor(), published.append, said.append)
    for _ in range(2):
        list(guard.hear(Closed(source="senses", level="B"), 1.0))
        list(guard.follow(Closed(source="mouth", level="B"), 1.0))
        guard.report(1e9)
    ledger.close(1e9)
    assert said == ["Sealed at level B (this kernel has no Landlock); the kernel says so too."]
    levels = [state.level for state in published if isinstance(state, Privacy)]
    assert levels == ["B", "B"]


def test_words_name_each_level() -> None:
    closures = (Closure("house", "C", CLOSED), Closure("senses", "A", CLOSED))
    assert "one wall" in in_words(closures)


def test_an_account_that_is_missing_is_not_claimed() -> None:
    closures = (Closure("house", "A", CLOSED), Closure("senses", "A", None))
    assert in_words(closures) == "Sealed at level A; the kernel's account of senses cannot be read."


def watching(folder: Path, published: list[State], said: list[str]) -> Guard:
    ledger = Ledger(folder / "ledger.db", (), said.append)
    senses = SensesDoor("en", Permission(frozenset({"hey_jarvis"})), Grammars("en"))
    guard = Guard(wall(CLOSED), ledger, senses, MouthDoor(), published.append, said.append)
    list(guard.hear(Closed(source="senses", level="A"), 1.0))
    return guard


def test_a_refused_command_is_a_turn_not_understood_at_its_price(tmp_path: Path) -> None:
    """Or refusals, which cost nothing, would be answered aloud, and the turn would not end."""
    guard = watching(tmp_path, [], [])
    wish = WishLine(intent="Telegraph", slots={}, score=1.0)
    told = Heard(source="microphone", turn=1, wishes=(wish,), confidence=0.5, seconds=Seconds())
    assert list(guard.hear(told, 2.0)) == []
    list(guard.hear(Wake(source="microphone", turn=1, word="hey_jarvis", score=0.9), 2.0))
    admitted = list(guard.hear(told, 2.0))
    assert [type(each).__name__ for each in admitted] == ["NotHeard", "State"]
    assert list(guard.hear(told, 2.0)) == []
    guard.ledger.close(1e9)


def test_counts_of_recordings_are_coarse_and_wait_for_the_report(tmp_path: Path) -> None:
    published: list[State] = []
    said: list[str] = []
    guard = watching(tmp_path, published, said)
    for kept in (0, 1, 37):
        guard.note(Recording(until=2_000_000_000, kept=kept, lost=3 * kept))
    shown = [state for state in published if isinstance(state, RecordingState)]
    assert [(state.kept, state.lost) for state in shown] == [(0, 0)]
    guard.report(1e9)
    shown = [state for state in published if isinstance(state, RecordingState)]
    assert [(state.kept, state.lost) for state in shown] == [(0, 0), (20, 100)]
    assert len([words for words in said if "recorded" in words]) == 1
    guard.note(Recording(until=0, kept=37))
    assert isinstance(published[-1], RecordingState)
    assert not published[-1].recording
    guard.ledger.close(1e9)
