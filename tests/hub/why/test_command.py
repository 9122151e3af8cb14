"""`inglenook why`, with a hub that runs and without."""

import json
from pathlib import Path

import pytest

from hub.__main__ import main
from hub.control import MuteRequest, NoHub, request
from hub.why.traces import FILE, Traces
from tests.hub.running import RunningHub, wait_until
from tests.hub.why.parts import traced
from tests.mosquitto import Mosquitto

NOTHING = "Nothing was said or typed yet that could be explained."


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Here no hub runs but ours; gives the file in which it keeps its turns."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("INGLENOOK_STATE", str(tmp_path / "state"))
    return tmp_path / "state" / FILE


def start(folder: Path, broker: Mosquitto, *, traces: bool) -> RunningHub:
    hub = RunningHub(
        folder,
        {
            "microphone": {"source": "none"},
            "mqtt": {"host": "127.0.0.1", "port": broker.port},
            "privacy": {"traces": traces},
        },
    )
    wait_until(is_there, 60, lambda: f"the hub; it said:\n{hub.said}")
    return hub


def is_there() -> bool:
    try:
        request(MuteRequest(muted=False))
    except NoHub:
        return False
    return True


def keep_one(file: Path) -> None:
    kept = Traces(file)
    kept.add(traced())
    kept.close()


def ask(*texts: str) -> None:
    for text in texts:
        main(["ask", "--live", text])


@pytest.mark.timeout(180)
def test_turns_are_told_and_forgotten(
    alone: Path, tmp_path: Path, mosquitto: Mosquitto, capsys: pytest.CaptureFixture[str]
) -> None:
    hub = start(tmp_path, mosquitto, traces=True)
    try:
        ask("turn on the bedroom lamp", "unlock the front door", "bedroom lamp somehow")
        capsys.readouterr()
        main(["why"])
        told = capsys.readouterr().out
        for expected in (
            *("typed", "turn on the bedroom lamp", "HassTurnOn", "Bedroom Lamp: done"),
            *("it was named", "Front Door: refused (never)", "I don't unlock doors", "near"),
        ):
            assert expected in told
        assert told.index("turn on the bedroom lamp") < told.index("unlock the front door")
        assert "somehow" not in told
        main(["why", "--last", "1", "--json"])
        last = json.loads(capsys.readouterr().out)
        assert last["turn"]["wishes"] == []
        assert last["candidates"][0]["score"] > 0.4
        assert main(["why", "--forget"]) == 0
        main(["why"])
        assert capsys.readouterr().out == f"Forgotten.\n{NOTHING}\n"
        ask("turn on the bedroom lamp")
    finally:
        hub.stop()
    assert alone.exists()


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_turned_off_it_deletes_what_was_kept(
    alone: Path, tmp_path: Path, mosquitto: Mosquitto, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_one(alone)
    hub = start(tmp_path, mosquitto, traces=False)
    try:
        ask("turn on the bedroom lamp")
        assert main(["why"]) == 1
        assert "traces: false" in capsys.readouterr().err
        assert not alone.exists()
    finally:
        hub.stop()


def test_without_a_hub_it_says_so(alone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why"]) == 1
    assert "No hub is running" in capsys.readouterr().err
    assert not alone.exists()


def test_without_a_hub_it_forgets_all_the_same(alone: Path) -> None:
    keep_one(alone)
    assert main(["why", "--forget"]) == 0
    assert not alone.exists()


@pytest.mark.parametrize("count", ["0", "501", "many"])
def test_a_count_that_cannot_be(count: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["why", "--last", count])
    assert ended.value.code == 2
    assert "--last" in capsys.readouterr().err
