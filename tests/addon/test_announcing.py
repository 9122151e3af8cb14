"""What an app lends is told to the Supervisor, and taken back; that it refuses is told."""

import asyncio
import os
import socket
from pathlib import Path

import pytest

from hub.app.announcing import Announcing, is_lent
from hub.config import Config
from hub.ledger.book import FILE
from hub.ledger.ledger import Ledger
from hub.lending.lane import Lending
from hub.lending.section import Speech
from hub.messages import Closed, State
from hub.pipes import Writer
from integrations.supervisor import Supervisor
from tests.addon.discovery import Discovery
from tests.addon.supervisor import TOKEN, Answers, supervisor

URI = f"tcp://{socket.gethostname()}:10701"


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "announced"


def test_it_is_told_once_and_taken_back(kept: Path, said: list[str]) -> None:
    answers = Answers()
    with supervisor(answers) as address:
        ours = Announcing(Supervisor(TOKEN, address), kept, said.append)
        ours.announce(10701)
        [message] = answers.discovery.messages.values()
        assert (message["service"], message["config"]) == ("wyoming", {"uri": URI})
        ours.announce(10701)  # the next start
        assert list(answers.discovery.messages.values()) == [message]
        ours.retract()
        assert answers.discovery.messages == {}
        ours.retract()
    assert set(said) == {"Home Assistant offers ears and voice under Devices & services."}
    assert not kept.exists()


def test_another_port_is_the_same_message(kept: Path, said: list[str]) -> None:
    answers = Answers()
    with supervisor(answers) as address:
        ours = Announcing(Supervisor(TOKEN, address), kept, said.append)
        ours.announce(10701)
        [before] = answers.discovery.messages
        ours.announce(10702)
        [(after, message)] = answers.discovery.messages.items()
    assert after == before == kept.read_text()
    assert message["config"]["uri"].endswith(":10702")


def test_a_supervisor_that_refuses_is_told_with_what_to_do(kept: Path, said: list[str]) -> None:
    with supervisor(Answers(discovery=Discovery(services=()))) as address:
        Announcing(Supervisor(TOKEN, address), kept, said.append).announce(10701)
    [words] = said
    assert words.startswith("The Supervisor refuses /discovery: 403.")
    assert f"host {socket.gethostname()} and the port 10701" in words
    assert not kept.exists()


def test_a_supervisor_that_is_away_keeps_what_is_to_be_taken_back(
    kept: Path, said: list[str]
) -> None:
    answers = Answers()
    with supervisor(answers) as address:
        ours = Announcing(Supervisor(TOKEN, address), kept, said.append)
        ours.announce(10701)
    ours.retract()
    assert said[1].startswith("The Supervisor cannot be reached.")
    assert kept.read_text() in answers.discovery.messages


@pytest.mark.parametrize("told", ["", "half a na", "0123456789abcdef0123456789abcdef"])
def test_what_nobody_knows_any_more_is_forgotten(kept: Path, said: list[str], told: str) -> None:
    kept.write_text(told)
    with supervisor(Answers()) as address:
        Announcing(Supervisor(TOKEN, address), kept, said.append).retract()
    assert not kept.exists()
    assert said == []


@pytest.mark.parametrize(
    ("wyoming", "lent"),
    [
        (None, False),
        ({"listen": "0.0.0.0"}, False),
        ({"speech": {}}, False),
        ({"speech": {"listen": "0.0.0.0"}}, True),
    ],
)
def test_only_what_others_reach_is_told(wyoming: object, *, lent: bool) -> None:
    assert is_lent(Config.model_validate({"wyoming": wyoming})) is lent


@pytest.mark.parametrize(("listen", "told"), [("0.0.0.0", [10701]), ("127.0.0.1", [])])
def test_it_is_told_once_the_booth_listens(tmp_path: Path, listen: str, told: list[int]) -> None:
    ours, booth = os.pipe()
    announced: list[int] = []
    heard: list[State] = []
    ledger = Ledger(tmp_path / FILE, (), print)
    lending = Lending(
        Speech(listen=listen), ledger, print, heard.append, print, announce=announced.append
    )
    up = Writer(booth)

    async def live() -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(lending.run(ours))
            up.send(Closed(source="booth", level="B"))
            await asyncio.sleep(0.2)
            assert announced == []
            up.send(State(source="booth", state="ready"))
            os.close(booth)

    try:
        asyncio.run(live())
    finally:
        ledger.close(0)
    assert [each.state for each in heard] == ["ready"]
    assert announced == told
