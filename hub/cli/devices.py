"""`inglenook devices`: what this machine hears, speaks and is muted with, and the running hub's
home.
"""

import argparse
from collections.abc import Sequence

import msgspec

from audio.portaudio import NoPortAudioError
from audio.sound_devices import Listed, listed
from hub.button.kernel import inputs, lights
from hub.cli.options import complain
from hub.control import DeviceLine, DevicesRequest, NoHub, request


class Devices(msgspec.Struct, frozen=True, kw_only=True):
    """`home` is null where no hub runs."""

    microphones: tuple[Listed, ...]
    speakers: tuple[Listed, ...]
    buttons: tuple[str, ...]
    lights: tuple[str, ...]
    home: tuple[DeviceLine, ...] | None


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("devices", help="list sound devices, buttons, lights, the home")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    try:
        sound = listed()
    except NoPortAudioError as error:
        complain(error)
        sound = ()
    found = Devices(
        microphones=tuple(d for d in sound if d.inputs),
        speakers=tuple(d for d in sound if d.outputs),
        buttons=tuple(each.name for each in inputs() if not each.refused),
        lights=lights(),
        home=_home(),
    )
    if args.json:
        print(msgspec.json.encode(found).decode())
        return 0
    _show("Microphones", [_sound(d) for d in found.microphones])
    _show("Loudspeakers", [_sound(d) for d in found.speakers])
    _show("Buttons", found.buttons)
    _show("Lights", found.lights)
    if found.home is None:
        print("\nNo hub is running for this user; its home is not shown.")
    else:
        _show("The hub's home", [_thing(d) for d in found.home])
    return 0


def _home() -> tuple[DeviceLine, ...] | None:
    try:
        return request(DevicesRequest()).devices
    except NoHub:
        return None


def _show(title: str, rows: Sequence[str]) -> None:
    print(f"{title}:")
    for row in rows or ("none",):
        print(f"  {row}")


def _sound(device: Listed) -> str:
    return f"{device.index:3}  {device.name}{'  (default)' if device.default else ''}"


def _thing(device: DeviceLine) -> str:
    return f"{device.name:24} {device.area or '':16} {device.domain:14} {device.state or ''}"
