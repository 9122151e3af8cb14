"""`inglenook mute [on|off]`: the microphone is closed, or opened again, at the machine itself."""

import argparse
import sys

from hub.control import MuteRequest, NoHub, request


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("mute", help="close the microphone, or open it again")
    parser.add_argument("state", choices=("on", "off"), nargs="?", default="on")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    try:
        answer = request(MuteRequest(args.state == "on"))
    except NoHub as error:
        print(error, file=sys.stderr)
        return 1
    print(answer.problem or f"The microphone is {'closed' if args.state == 'on' else 'open'}.")
    return 0 if answer.result == "done" else 1
