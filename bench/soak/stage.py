"""The house in which a soak plays: a hub with everything on, and all that it talks to."""

import asyncio
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pyrage import x25519

from audio.frames import Pcm
from bench.eyes import camera
from bench.figures import recordings_folder
from bench.soak.commands import Command, entity, lane, things
from bench.soak.ways import NODE
from hub.shelf.shelf import models_folder
from tests.audio.pulse import Pulse, pulse
from tests.hub.recordings import pause, recorded, spoken, write
from tests.hub.running import RunningHub
from tests.mosquitto import free_port
from tests.testbed.furnish import command
from tests.testbed.homeassistant import RunningHomeAssistant

_ROOT = Path(__file__).parents[2]
_PEOPLE = "voice_commands/home_misc/wav/09_would_you_please_turn_on_living_room_lamp.wav"
_LEARNED = {"aquarium": entity("Fish Tank")}
_ROUND = 16 * 22
"""Commands until all have been said that are."""
_ZONE = {"corners": [[0.3, 0.2], [0.75, 0.2], [0.75, 1.0], [0.3, 1.0]], "name": "front door"}


@dataclass(frozen=True, slots=True)
class Stage:
    home: RunningHomeAssistant
    hub: RunningHub
    sound: Pulse
    recordings: Mapping[Command, Path]
    page: str
    wyoming_port: int
    state: Path


@contextmanager
def stage() -> Iterator[Stage]:
    """All that is started ends with it. Raises Missing where the machine lacks something."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        home = RunningHomeAssistant.create()
        stack.callback(home.close)
        asyncio.run(_furnish(home))
        (folder / "sound").mkdir()
        sound = stack.enter_context(pulse(folder / "sound"))
        cameras = (free_port(), free_port())
        for number, port in enumerate(cameras):
            stack.enter_context(camera(port, "still", number))
        page, wyoming = free_port(), free_port()
        settings = _settings(folder, home, cameras, page, wyoming)
        environ = {**sound.environment, "INGLENOOK_MODELS": str(models_folder(os.environ))}
        hub = RunningHub(folder / "hub", settings, "--record", environ=environ)
        stack.callback(hub.stop)
        yield Stage(
            home=home,
            hub=hub,
            sound=sound,
            recordings=_recordings(folder),
            page=f"http://127.0.0.1:{page}/",
            wyoming_port=wyoming,
            state=folder / "hub" / "state",
        )


async def _furnish(home: RunningHomeAssistant) -> None:
    """The helpers, all of which may be spoken of."""
    lights = ("light.kitchen_light", "light.porch_light")
    for name, its in things().items():
        if its not in lights:
            await command(home.url, home.token, "input_boolean/create", name=name)
    await command(
        home.url,
        home.token,
        "homeassistant/expose_entity",
        assistants=["conversation"],
        entity_ids=list(things().values()),
        should_expose=True,
    )


def _settings(
    folder: Path, home: RunningHomeAssistant, cameras: tuple[int, int], page: int, wyoming: int
) -> dict[str, object]:
    (folder / "token").write_text(home.token)
    state = folder / "hub" / "state"
    state.mkdir(parents=True)
    learned = [{"phrase": phrase, "target": target} for phrase, target in _LEARNED.items()]
    (state / "aliases.json").write_text(json.dumps(learned))
    key = str(x25519.Identity.generate().to_public())
    (folder / "code").write_text("4711")
    door, room = cameras
    return {
        "node": NODE,
        "area": "Living room",
        "location": {"latitude": 52.0, "longitude": 5.0},
        "sentences": [str(_ROOT / "tests" / "custom_sentences")],
        "listen": {"presence": True},
        "mqtt": {"host": "127.0.0.1", "port": home.mqtt_port, "hermes": True},
        "home_assistant": {
            "url": home.url,
            "token": {"file": str(folder / "token")},
            "agent": True,
        },
        "wyoming": {"port": wyoming},
        "page": {"port": page},
        "care": {"code": {"file": str(folder / "code")}},
        "debug": {"recordings": {"to": key, "hours": 2}},
        "cameras": {
            "door": {"url": f"http://127.0.0.1:{door}/", "zones": {"front_door": _ZONE}},
            "room": {"url": f"http://127.0.0.1:{room}/", "area": "Living room"},
        },
    }


def _recordings(folder: Path) -> dict[Command, Path]:
    """Of all that is spoken, in the hub's own voice or in that of people, behind a wake word."""
    said = zip(lane(), range(_ROUND), strict=False)
    wanted = dict.fromkeys(each for each, _ in said if each.way == "voice")
    return {each: _recording(folder / f"{n}.wav", each) for n, each in enumerate(wanted)}


def _recording(file: Path, wanted: Command) -> Path:
    return write(file, pause(0.3), *_sound(wanted), pause(0.3))


def _sound(wanted: Command) -> tuple[Pcm, ...]:
    if wanted.is_person:
        return spoken("Hey Jarvis."), recorded(recordings_folder() / _PEOPLE)
    return (spoken(f"Hey Jarvis, {wanted.text}."),)
