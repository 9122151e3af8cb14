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
from hub.messages import Closed, Process
from hub.wall import Closure, Wall, held, in_words, lowest
from integrations.payloads import Privacy, State

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
    guard = Guard(wall(CLOSED), ledger, senses, MouthDoor("en"), published.append, said.append)
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
