"""`inglenook confirm [CODE]`: the owner's code, for what the running hub waits to do."""

import argparse
import getpass
import sys

from hub.cli.options import complain
from hub.control import ConfirmRequest, NoHub, request


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("confirm", help="give the code that the hub waits for")
    parser.add_argument("code", nargs="?", help="asked for, unseen, where it is left out")
    parser.add_argument("--id", help="which, where more than one thing waits")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    try:
        code = args.code or getpass.getpass("Code: ")
    except EOFError:
        return complain(RuntimeError("Give the code: inglenook confirm CODE."))
    try:
        answer = request(ConfirmRequest(code, args.id))
    except NoHub as error:
        return complain(error, 1)
    print(answer.problem or "Done.", file=sys.stderr if answer.problem else sys.stdout)
    return 0 if answer.result == "done" else 1
