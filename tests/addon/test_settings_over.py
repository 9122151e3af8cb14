"""The owner's file with options laid over it, in a running hub: its page changes the file."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
import yaml

from hub.app.options import laid_over
from tests.conftest import ROOT
from tests.hub.running import wait_until
from tests.mosquitto import free_port

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("models")]
START = """
import sys
from pathlib import Path
from hub.cli.run import Start, start
file, own, over = sys.argv[1:]
start(Start(Path(file), ("run", "--config", file), house=("--own", own, "--over", over)))
"""


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def own(tmp_path: Path, port: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The owner's file, beneath a hub that runs."""
    file, own, over = (tmp_path / name for name in ("made.yaml", "own.yaml", "over.yaml"))
    own.write_text("area: Kitchen  # mine\nmicrophone: {source: none}\n")
    options = {"name": "Ears", "page": {"port": port}, "mqtt": {"port": free_port()}}
    over.write_text(yaml.safe_dump(options))
    file.write_text(yaml.safe_dump(dict(laid_over(yaml.safe_load(own.read_text()), options))))
    monkeypatch.setenv("INGLENOOK_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    log = tmp_path / "log"
    with log.open("wb") as out:
        words = [sys.executable, "-c", START, *map(str, (file, own, over))]
        hub = subprocess.Popen(words, cwd=ROOT, stdout=out, stderr=out)
    try:
        wait_until(lambda: "The page is at" in log.read_text(), 60, log.read_text)
        yield own
    finally:
        hub.terminate()
        hub.wait(10)


def test_the_page_shows_both_and_changes_the_owner_s_own(own: Path, port: int) -> None:
    shown = get(port, "settings")
    values = {each["key"]: each["value"] for each in shown["options"]}
    assert (values["name"], values["area"]) == ('"Ears"', '"Kitchen"')
    assert (shown["file"], shown["waiting"]) == (str(own), [])
    assert "name" in shown["fixed"]
    token = get(port, "hello")["token"]
    body = {"mark": shown["mark"], "changes": {"area": "Hall"}}
    wanted = Request(f"http://127.0.0.1:{port}/api/save", json.dumps(body).encode())
    wanted.add_header("Content-Type", "application/json")
    wanted.add_header("X-Inglenook-Token", token)
    with urlopen(wanted, timeout=10) as answer:
        assert json.load(answer)["saved"]
    assert own.read_text() == "area: Hall  # mine\nmicrophone: {source: none}\n"
    assert get(port, "settings")["waiting"] == ["area"]


def get(port: int, name: str) -> dict[str, Any]:
    with urlopen(f"http://127.0.0.1:{port}/api/{name}", timeout=10) as answer:
        found = json.load(answer)
    assert isinstance(found, dict)
    return found
