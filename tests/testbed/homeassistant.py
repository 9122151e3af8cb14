"""A running Home Assistant with its Mosquitto: tests start, ask, stop and restart it."""

import json
import shutil
import signal
import subprocess
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Self
from urllib.error import URLError

from tests.testbed.configuration import write_configuration
from tests.testbed.furnish import furnish
from tests.testbed.installation import Installation, installation
from tests.testbed.processes import (
    end,
    find_mosquitto,
    free_port,
    spawn,
    start_mosquitto,
    wait_until,
)


@dataclass(slots=True)
class RunningHomeAssistant:
    """`state` and the rest block: from a coroutine call them by `asyncio.to_thread`."""

    url: str
    """http://127.0.0.1:PORT"""
    mqtt_port: int
    """Of the Mosquitto on 127.0.0.1, without a password, that Home Assistant is connected to."""
    token: str = field(repr=False)
    """Of an administrator."""
    guest_token: str = field(repr=False)
    """Of a user who is none."""
    folder: Path
    """Its configuration; home-assistant.log and mosquitto.log lie there too."""
    _installation: Installation
    _broker: subprocess.Popen[bytes]
    _environ: Mapping[str, str] = field(default_factory=dict)
    _process: subprocess.Popen[bytes] | None = None

    @classmethod
    def create(cls, more: str = "", environ: Mapping[str, str] = MappingProxyType({})) -> Self:
        """Running and furnished when it returns. `more`: what else its settings say, in YAML;
        `environ`: besides ours. Raises Missing.
        """
        mosquitto = find_mosquitto()
        place = installation()
        folder = place.new_folder()
        port, mqtt_port = free_port(), free_port()
        token, guest = write_configuration(folder, port, mqtt_port, more)
        broker = start_mosquitto(mosquitto, folder, mqtt_port)
        home = cls(
            f"http://127.0.0.1:{port}", mqtt_port, token, guest, folder, place, broker, environ
        )
        try:
            home.start()
            furnish(home.url, token)
        except BaseException:
            home.close()
            raise
        return home

    @property
    def python(self) -> tuple[str, ...]:
        """The command of the Python that Home Assistant runs on."""
        *before, hass = self._installation.command
        return (*before, str(Path(hass).with_name("python")))

    def start(self) -> None:
        """Returns when it is RUNNING and its MQTT is connected."""
        log = self.folder / "home-assistant.out"
        inside = self._installation.seen(self.folder)
        self._process = spawn(
            [*self._installation.command, "-c", inside, "--skip-pip"], log, self._environ
        )
        wait_until(self._ready, self._process, log, 120.0)

    def stop(self) -> None:
        """Ends Home Assistant only; the broker stays."""
        if self._process is not None:
            end(self._process)
            self._process = None

    def kill(self) -> None:
        """As a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def restart(self) -> None:
        self.stop()
        self.start()

    def kill_broker(self) -> None:
        """Mosquitto alone; it forgets what it retained."""
        self._broker.kill()
        self._broker.wait()

    def start_broker(self) -> None:
        """At the same port."""
        self._broker = start_mosquitto(find_mosquitto(), self.folder, self.mqtt_port)

    def freeze(self) -> None:
        """It keeps its connections and answers nothing, as a machine that hangs."""
        if self._process is not None:
            self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)

    def close(self) -> None:
        """Ends both and removes their files."""
        self.stop()
        end(self._broker)
        shutil.rmtree(self.folder)

    def state(self, entity_id: str) -> str | None:
        """The state of one entity by REST; None if there is no such entity."""
        return self.get(f"states/{entity_id}", "state")

    def attribute(self, entity_id: str, name: str) -> str | None:
        """An attribute as text, JSON unless it is text already; None if it is not there."""
        return self.get(f"states/{entity_id}", "attributes", name)

    def get(self, path: str, *keys: str) -> str | None:
        """A value inside the answer to GET /api/`path`, as text; None if anything is missing."""
        request = urllib.request.Request(
            f"{self.url}/api/{path}", headers={"Authorization": f"Bearer {self.token}"}
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                found = json.load(response)
        except (URLError, OSError):
            return None
        for key in keys:
            found = found.get(key) if isinstance(found, dict) else None
        return found if isinstance(found, str) or found is None else json.dumps(found)

    def _ready(self) -> bool:
        if self.get("config", "state") != "RUNNING":
            return False
        entries = self.get("config/config_entries/entry?domain=mqtt") or "[]"
        return any(entry["state"] == "loaded" for entry in json.loads(entries))
