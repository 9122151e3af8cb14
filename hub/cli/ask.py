"""`inglenook ask "TEXT"`: a typed sentence goes the way of a spoken one; `ask -` reads many."""

import argparse
import asyncio
import sys
from collections.abc import Iterable

import msgspec

from hub.asker import Asker
from hub.cli.options import (
    BadInput,
    add_conversation,
    check_room,
    complain,
    conversations,
    settings,
)
from hub.control import AskRequest, NoHub, request
from hub.local import Local
from hub.terminal import Terminal
from hub.turn import Turn, TurnLine, line
from intents.documents import DocumentError
from intents.home_file import home_from
from intents.languages import UnknownLanguageError


class Sentence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of `ask --json -`; `home` as in interfaces.md."""

    text: str
    home: msgspec.Raw = msgspec.Raw()
    language: str | None = None
    area: str | None = None


_DECODER = msgspec.json.Decoder(Sentence)


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("ask", help="understand a typed sentence")
    parser.add_argument("text", help="a sentence; - reads one a line")
    parser.add_argument("--live", action="store_true", help="ask the running hub, which acts")
    add_conversation(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if not args.text.strip():
        return complain(BadInput('Say something: inglenook ask "turn on the lamp".'))
    if args.live:
        return _live(args)
    try:
        config = settings(args)
        home = conversations(args, config)
        sentences = sys.stdin if args.text == "-" else [args.text]
        return asyncio.run(_ask_all(sentences, home, args))
    except BadInput as error:
        return complain(error)


def _live(args: argparse.Namespace) -> int:
    if args.home or args.grammar or args.language or args.text == "-":
        return complain(BadInput("--live takes one sentence, in the running hub's own home."))
    try:
        answer = request(AskRequest(args.text, args.area))
    except NoHub as error:
        return complain(error, 1)
    if answer.problem or answer.turn is None:
        return complain(RuntimeError(answer.problem), 1)
    _print_json(answer.turn) if args.json else print(answer.turn.reply)
    return 0


async def _ask_all(sentences: Iterable[str], home: Local, args: argparse.Namespace) -> int:
    """One turn a line; a line that cannot be read is told with its number, the others go on."""
    status = 0
    for number, text in enumerate(sentences, 1):
        if not text.strip():
            continue
        try:
            turn = await _ask(text.strip(), home, args)
        except (BadInput, msgspec.MsgspecError, DocumentError, UnknownLanguageError) as error:
            status = complain(RuntimeError(f"line {number}: {error}"))
            if args.json:
                print(msgspec.json.encode({"error": str(error)}).decode(), flush=True)
            continue
        if args.json:
            _print_json(line(turn))
        else:
            Terminal(shows_turns=True).turn(turn)
    return status


async def _ask(text: str, home: Local, args: argparse.Namespace) -> Turn:
    """Raises msgspec.MsgspecError, DocumentError, UnknownLanguageError."""
    if args.text != "-" or not text.startswith("{"):
        return await home.conversation().ask(text, Asker("typed", args.area))
    said = _DECODER.decode(text)
    other = home_from(msgspec.json.decode(said.home)) if bytes(said.home) else None
    check_room(other or home.home, said.area or args.area)
    asker = Asker("typed", said.area or args.area)
    return await home.conversation(other, said.language).ask(said.text, asker)


def _print_json(turn: TurnLine) -> None:
    print(msgspec.json.encode(turn).decode(), flush=True)
