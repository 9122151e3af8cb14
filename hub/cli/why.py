"""`inglenook why`: how the last turns came about: what was heard, understood, decided and done."""

import argparse

import msgspec

from hub.cli.options import complain
from hub.control import ForgetRequest, NoHub, WhyRequest, request
from hub.paths import state_folder
from hub.terminal import Terminal
from hub.why.traces import FILE, MOST, NotKept, Traces

_SHOWN = 3


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("why", help="explain the last turns of the running hub")
    parser.add_argument("--last", type=count, default=_SHOWN, metavar="N", help="so many turns")
    parser.add_argument("--json", action="store_true", help="one object a turn, oldest first")
    parser.add_argument("--forget", action="store_true", help="delete all that is kept")
    parser.set_defaults(run=run)


def count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= MOST:
        raise argparse.ArgumentTypeError(f"1 to {MOST}: no more is kept")
    return number


def run(args: argparse.Namespace) -> int:
    if args.forget:
        return _forget()
    try:
        answer = request(WhyRequest(args.last))
    except NoHub as error:
        return complain(error, 1)
    if answer.problem:
        return complain(RuntimeError(answer.problem), 1)
    shown = Terminal(shows_turns=True)
    for trace in reversed(answer.traces):
        if args.json:
            print(msgspec.json.encode(trace).decode())
        else:
            shown.trace(trace)
    if not answer.traces and not args.json:
        print("Nothing was said or typed yet that could be explained.")
    return 0


def _forget() -> int:
    """Also where no hub runs: what it kept lies there all the same."""
    try:
        answer = request(ForgetRequest())
    except NoHub:
        try:
            Traces(state_folder() / FILE).forget()
        except NotKept as error:
            return complain(error, 1)
    else:
        if answer.problem:
            return complain(RuntimeError(answer.problem), 1)
    print("Forgotten.")
    return 0
