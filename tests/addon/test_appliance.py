"""script/appliance in a Debian root: installed, started as its service would, updated, taken back.

There is no systemd that runs: the service's own command is run as its user, and what systemd would
be told is heard.
"""

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
import yaml

from hub.shelf.shelf import models_folder
from tests.debian import Debian, appliance_root, lent, lent_environ
from tests.hub.running import wait_until
from tests.mosquitto import free_port

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900), pytest.mark.usefixtures("models")]
SOURCE = Path(__file__).parents[2]
UNIT = SOURCE / "script/appliance.service"


@pytest.fixture(scope="module")
def debian() -> Debian:
    made = appliance_root()
    for left in ("opt/inglenook", "etc/inglenook", "var/lib/inglenook", "src"):
        shutil.rmtree(made.root / left, ignore_errors=True)
    return made


@pytest.fixture(scope="module")
def source(debian: Debian) -> Iterator[Path]:
    """As a clone: what git knows, and nothing that was built."""
    folder = debian.root / "src"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=SOURCE,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    for name in filter(None, listed):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(SOURCE / name, folder / name)
    yield folder
    shutil.rmtree(folder)


def appliance(debian: Debian, *words: str) -> subprocess.CompletedProcess[str]:
    shelf = models_folder(os.environ)
    beside = ":".join(f"/models-beside/{folder.name}" for folder in shelf.iterdir())
    return debian.run(
        "/src/script/appliance",
        *words,
        binds={**lent(), shelf: "/models-beside"},
        INGLENOOK_MODELS_FROM=beside,
        HOME="/root",
        **lent_environ(),
    )


def current(debian: Debian, name: str = "current") -> str:
    return (debian.root / "opt/inglenook" / name).readlink().name


def service(key: str = "ExecStart") -> tuple[list[str], dict[str, str]]:
    """The unit's command, without what says with which rights, and environment."""
    text = UNIT.read_text()
    command = re.search(rf"^{key}=[-+]*(.+)$", text, re.MULTILINE)
    assert command
    lines = re.findall(r"^Environment=(.+)$", text, re.MULTILINE)
    pairs = [pair.split("=", 1) for line in lines for pair in line.split()]
    return command[1].split(), dict(pairs)


def test_the_unit_is_one_that_systemd_takes_and_calls_well_closed() -> None:
    analyze = shutil.which("systemd-analyze")
    assert analyze, "apt-get install systemd"
    score = subprocess.run(
        [analyze, "security", "--offline=true", "--threshold=30", str(UNIT)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert score.returncode == 0, score.stdout[-500:]


def test_a_machine_becomes_a_hub_and_goes_back(
    debian: Debian, source: Path, tmp_path: Path
) -> None:
    done = appliance(debian)
    assert done.returncode == 0, done.stderr[-3000:]
    password = (debian.root / "etc/inglenook/page-password").read_text()
    assert re.fullmatch(r"[a-z2-9]{14}", password)
    assert f"with the password {password}" in done.stderr
    first = current(debian)
    assert (
        debian.root / "etc/systemd/system/multi-user.target.wants/inglenook.service"
    ).is_symlink()
    checked = debian.run("systemd-analyze", "verify", "--man=no", "inglenook.service")
    assert "inglenook.service" not in checked.stderr, checked.stderr

    rules = "/etc/udev/rules.d/70-inglenook.rules"
    assert 'GROUP="inglenook"' in (debian.root / rules.lstrip("/")).read_text()
    verified = debian.run("udevadm", "verify", rules)
    assert verified.returncode == 0, verified.stdout + verified.stderr

    _lives_and_says_so(debian, tmp_path, password)
    _announces_what_is_lent(debian)

    settings = debian.root / "etc/inglenook/inglenook.yaml"
    right = settings.read_text()
    settings.write_text("langage: de\n")
    refused = appliance(debian)
    assert refused.returncode == 1
    assert "did you mean 'language'" in refused.stderr
    assert "nothing was changed" in refused.stderr
    assert current(debian) == first

    settings.write_text(right)
    assert appliance(debian).returncode == 0
    second = current(debian)
    assert second > first
    assert settings.read_text() == right
    back = appliance(debian, "--rollback")
    assert back.returncode == 0, back.stderr
    assert (current(debian), current(debian, "previous")) == (first, second)
    assert len(list((debian.root / "opt/inglenook/releases").iterdir())) == 2


def _lives_and_says_so(debian: Debian, tmp_path: Path, password: str) -> None:
    file, port = debian.root / "etc/inglenook/inglenook.yaml", free_port()
    assert "listen: 0.0.0.0" in file.read_text()
    secret = {"file": "/etc/inglenook/page-password"}
    settings = {
        "microphone": {"source": "none"},
        "speaker": {"file": "/tmp/replies.wav"},
        "mqtt": {"port": free_port()},
        "page": {"port": port, "password": secret},
    }
    file.write_text(json.dumps(settings))
    command, environ = service()
    run = 'install -d -m 700 -o inglenook -g inglenook /run/inglenook; exec setpriv "$@"'
    who = ["--reuid=inglenook", "--regid=inglenook", "--init-groups", "--no-new-privs"]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        folder = tmp_path / "systemd"
        folder.mkdir(mode=0o755)
        manager.bind(str(folder / "notify"))
        (folder / "notify").chmod(0o777)
        manager.settimeout(60)
        environ |= {"NOTIFY_SOCKET": "/systemd/notify", "WATCHDOG_USEC": "1000000"}
        log = tmp_path / "log"
        words = ["sh", "-c", run, "sh", *who, *command]
        with debian.running(words, {folder: "/systemd"}, log, **environ) as process:
            assert manager.recv(100) == b"READY=1", log.read_text()
            assert [manager.recv(100) for _ in range(3)] == [b"WATCHDOG=1"] * 3
            wait_until(lambda: "Sealed at level" in log.read_text(), 60, log.read_text)
            wait_until(lambda: "The page is at" in log.read_text(), 30, log.read_text)
            _change_on_the_page(port, password)
            assert yaml.safe_load(file.read_text())["area"] == "Hall"
            _stop_a_moment(_child(process.pid, "house"), manager)
            assert process.poll() is None
        assert "Traceback" not in log.read_text()


def _change_on_the_page(port: int, password: str) -> None:
    """The hub may write its settings, and nobody without the password."""
    headers = {"Content-Type": "application/json"}

    def ask(name: str, body: object = None) -> dict[str, Any]:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as line:
            line.request("POST" if body else "GET", f"/api/{name}", json.dumps(body), headers)
            answer = line.getresponse()
            told = json.loads(answer.read())
        if cookie := answer.headers.get("Set-Cookie"):
            headers["Cookie"] = cookie.split(";")[0]
        assert isinstance(told, dict)
        return told

    headers["X-Inglenook-Token"] = ask("hello")["token"]
    assert ask("settings") == {"problem": "Sign in first."}
    assert ask("login", {"password": password}) == {"done": True}
    told = ask("settings")
    assert told["problem"] == ""
    assert ask("save", {"mark": told["mark"], "changes": {"area": "Hall"}})["saved"]


def _announces_what_is_lent(debian: Debian) -> None:
    """As systemd would let it: as root, after the start and after the end."""
    settings = debian.root / "etc/inglenook/inglenook.yaml"
    services = debian.root / "etc/avahi/services"
    for speech, files in (
        ('{"listen": "0.0.0.0"}', ["inglenook-speech.service"]),
        ("{}", []),
        ('{"listen": "0.0.0.0"}', ["inglenook-speech.service"]),
    ):
        settings.write_text(f'{{"wyoming": {{"speech": {speech}}}}}')
        command, environ = service("ExecStartPost")
        done = debian.run(*command, binds={}, **environ)
        assert done.returncode == 0, done.stderr
        assert [each.name for each in services.iterdir()] == files
    command, environ = service("ExecStopPost")
    assert debian.run(*command, binds={}, **environ).returncode == 0
    assert list(services.iterdir()) == []


def _child(parent: int, name: str) -> int:
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    wanted = [b"hub.cage", name.encode()]
    return next(
        int(pid)
        for pid in children
        if Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[2:4] == wanted
    )


def _stop_a_moment(pid: int, manager: socket.socket) -> None:
    """One that hangs is silent, so that systemd would start it anew."""
    os.kill(pid, signal.SIGSTOP)
    time.sleep(1)  # what was said before
    manager.setblocking(False)
    with suppress(BlockingIOError):
        while manager.recv(100):
            pass
    manager.settimeout(3)
    with pytest.raises(TimeoutError):
        manager.recv(100)
    os.kill(pid, signal.SIGCONT)
    manager.settimeout(60)
    assert manager.recv(100) == b"WATCHDOG=1"
