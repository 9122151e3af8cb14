"""What the hub says it is doing follows from what its processes say."""

import subprocess

from hub.children import NOT_READY, Child, wait_before
from hub.messages import Health, Process, Spoken, State
from hub.status import Status


def test_a_turn_as_home_assistant_sees_it() -> None:
    status = Status()
    seen = []
    for message in (
        State(source="senses", state="ready"),
        State(source="senses", state="idle"),
        State(source="microphone", state="listening"),
        State(source="microphone", state="processing"),
        State(source="microphone", state="idle"),
        State(source="mouth", state="speaking"),
        Spoken(source="mouth", id=1, seconds=1.0),
    ):
        status.take(message)
        seen.append(status.assist)
    assert seen == [*("deaf", "idle", "listening", "processing", "idle", "responding", "idle")]


def test_deaf_and_muted_are_told_apart() -> None:
    status = Status()
    status.take(State(source="senses", state="deaf", reason="No microphone."))
    heard = [status.assist]
    assert status.health_payload(unsent=0, refused=0).state == "degraded"
    status.muted = True
    assert [*heard, status.assist] == ["deaf", "muted"]
    assert status.health_payload(unsent=0, refused=0).engines["senses"] == "off"


def test_a_crash_in_the_middle_of_a_turn_ends_the_turn() -> None:
    status = Status()
    status.take(State(source="microphone", state="listening"))
    status.take(Process(name="senses", state="restarting", restarts=1))
    assert status.assist == "deaf"
    status.take(State(source="senses", state="idle"))
    assert status.health_payload(unsent=0, refused=0).state == "ok"
    assert status.health_payload(unsent=0, refused=0).restarts == 1


def test_counts_are_added_up() -> None:
    status = Status()
    status.take(Health(source="senses", dropped=3, refused=1))
    health = status.health_payload(unsent=5, refused=2)
    assert (health.samples_dropped, health.events_dropped, health.refused) == (3, 5, 3)


def test_a_first_crash_is_mended_at_once_and_more_of_them_ever_later() -> None:
    waits = [wait_before(n, 1) for n in range(1, 9)]
    assert waits[0] == 0.0
    assert waits == sorted(waits)
    assert max(waits) == 30.0
    assert [wait_before(n, NOT_READY) for n in (1, 2, 3, 4, 9)] == [2, 4, 8, 15, 15]


def test_a_microphone_that_is_looked_for_again_and_again_stays_missing() -> None:
    status = Status()
    states = []
    for message in (
        State(source="senses", state="deaf", reason="No microphone."),
        Process(name="senses", state="restarting"),
        State(source="senses", state="starting"),
    ):
        status.take(message)
        states.append(status.health_payload(unsent=0, refused=0).engines["senses"])
    assert states == ["failed", "failed", "failed"]


def test_an_end_that_nobody_asked_for_is_a_failure_whatever_its_status() -> None:
    """Else a process could end and begin a hundred times a second, and tell something by it."""
    child = Child("senses", ("true",), (), 0, 0)
    waits = []
    for now in range(4):
        child.process = subprocess.Popen(["true"])
        child.started = float(now)
        child.ended(float(now))
        waits.append((child.retry_at or 0.0) - now)
    assert waits == [0.0, 1.0, 2.0, 4.0]
    child.may_finish, child.process = True, subprocess.Popen(["true"])
    child.ended(5.0)
    assert child.retry_at == 5.0
