"""`inglenook say "TEXT"`: the running hub speaks."""

import argparse
import sys

from hub.control import NoHub, SayRequest, request


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("say", help="let the running hub speak")
    parser.add_argument("text")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    try:
        answer = request(SayRequest(args.text))
    except NoHub as error:
        print(error, file=sys.stderr)
        return 1
    if answer.problem:
        print(answer.problem, file=sys.stderr)
    return 0 if answer.result == "done" else 1
