"""`inglenook aliases`: the names that people taught the running hub; `remove` forgets one."""

import argparse

import msgspec

from hub.cli.options import complain
from hub.control import AliasesRequest, NoHub, request


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("aliases", help="names learned from a yes to: did you mean ...?")
    parser.add_argument("--json", action="store_true")
    actions = parser.add_subparsers(dest="action")
    removing = actions.add_parser("remove", help="forget one")
    removing.add_argument("name", metavar="NAME")
    parser.set_defaults(run=run, name=None)


def run(args: argparse.Namespace) -> int:
    try:
        answer = request(AliasesRequest(remove=args.name))
    except NoHub as error:
        return complain(error, 1)
    if answer.problem:
        return complain(RuntimeError(answer.problem), 1)
    if args.json:
        print(msgspec.json.encode(answer.aliases).decode())
        return 0
    if args.name is not None:
        print(f"Forgotten: {args.name}")
        return 0
    for line in answer.aliases:
        print(f"{line.name:24} {line.means}{'' if line.active else '  (not in use)'}")
    if not answer.aliases:
        print("No names have been learned.")
    return 0
