"""`inglenook cameras`: how they are; off and on; the edges of what one sees, to draw zones over."""

import argparse
import re
import sys
import time
from collections.abc import Iterator

import msgspec

from hub.cli.options import BadInput, complain
from hub.cli.sketch import drawn
from hub.control import (
    Answer,
    CameraLine,
    CameraRequest,
    CamerasRequest,
    NoHub,
    Request,
    SketchRequest,
    request,
)

_SPAN = re.compile(r"(?:(\d+)h)?(?:(\d+)m(?:in)?)?")


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("cameras", help="how the cameras are; close and open them")
    parser.set_defaults(run=run, act=_list)
    parser.add_argument("--json", action="store_true")
    actions = parser.add_subparsers(metavar="ACTION")
    off = actions.add_parser("off", help="close cameras: their processes end")
    off.add_argument("keys", nargs="*", metavar="CAMERA", help="all without any")
    off.add_argument("--for", dest="span", metavar="2h30m", help="then they open by themselves")
    off.add_argument("--until-left", action="store_true", help="until nobody is at home")
    off.set_defaults(act=_off)
    on = actions.add_parser("on", help="open cameras again")
    on.add_argument("keys", nargs="*", metavar="CAMERA")
    on.set_defaults(act=_on)
    sketch = actions.add_parser("sketch", help="draw the edges of what a camera sees")
    sketch.add_argument("key", metavar="CAMERA")
    sketch.add_argument("--zone", help="corners on the grid: a3,d3,d7,a7; drawn, and as settings")
    sketch.set_defaults(act=_sketch)
    for each in (off, on, sketch):
        each.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    try:
        status: int = args.act(args)
    except BadInput as error:
        return complain(error)
    except NoHub as error:
        print(error, file=sys.stderr)
        return 1
    return status


def _list(args: argparse.Namespace) -> int:
    return _shown(_asked(CamerasRequest()), args)


def _on(args: argparse.Namespace) -> int:
    return _shown(_asked(CameraRequest(on=True, keys=tuple(args.keys))), args)


def _off(args: argparse.Namespace) -> int:
    until = time.time() + span(args.span) if args.span else None
    wanted = CameraRequest(on=False, keys=tuple(args.keys), until=until, until_left=args.until_left)
    return _shown(_asked(wanted), args)


def _sketch(args: argparse.Namespace) -> int:
    answer = _asked(SketchRequest(args.key))
    if answer.outline is None:
        return _shown(answer, args)
    if args.json:
        print(msgspec.json.encode(answer.outline).decode())
    else:
        print("\n".join(drawn(answer.outline, args.zone)))
    return 0


def _asked(wanted: Request) -> Answer:
    """Raises NoHub."""
    return request(wanted)


def _shown(answer: Answer, args: argparse.Namespace) -> int:
    if answer.result == "failed":
        print(answer.problem, file=sys.stderr)
        return 1
    if args.json:
        print(msgspec.json.encode(answer.cameras).decode())
    else:
        print("\n".join(line for camera in answer.cameras for line in _lines(camera)))
    return 0


def _lines(camera: CameraLine) -> Iterator[str]:
    until = f" until {time.strftime('%H:%M', time.localtime(camera.until))}" if camera.until else ""
    by = f", set by {camera.by}" if camera.by else ""
    yield f"{camera.key:<16} {camera.condition}{until}{by}"
    for zone, counts in camera.seen.items() if camera.condition == "watching" else ():
        seen = ", ".join(f"{count} {label}" for label, count in counts.items()) or "nobody"
        yield f"  {zone:<14} {seen}"


def span(text: str) -> float:
    """Seconds of "2h", "30m" or "2h30m". Raises BadInput."""
    found = _SPAN.fullmatch(text.strip().lower())
    if not found or not any(found.groups()):
        raise BadInput(f"{text!r} is no time: give it as 2h, 30m or 2h30m.")
    hours, minutes = (int(each or 0) for each in found.groups())
    return hours * 3600.0 + minutes * 60.0
