"""Options that several commands share."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from hub.config import Config
from hub.config_file import ConfigError, find, load
from hub.local import Local, local
from intents.documents import DocumentError
from intents.home import Home, areas_called
from intents.languages import UnknownLanguageError, known

_SOUNDS = frozenset({".wav", ".flac", ".ogg", ".opus", ".mp3", ".m4a"})


class BadInput(Exception):
    """The command cannot go on with what it was given; exit status 2."""


def sound_files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files, and the sound files in the folders. Raises BadInput for a folder without any."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = sorted(file for file in path.rglob("*") if file.suffix.lower() in _SOUNDS)
        if not found:
            raise BadInput(f"{path} holds no recordings ({', '.join(sorted(_SOUNDS))}).")
        yield from found


def add_conversation(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--home", type=Path, help="a home in YAML (default: the demo home)")
    parser.add_argument("--grammar", type=Path, help="sentences instead of the language's own")
    parser.add_argument("--language", help="default: the settings', else en")
    parser.add_argument("--area", help="the room in which it is said")
    parser.add_argument("--config", type=Path, help="settings (./inglenook.yaml)")
    parser.add_argument("--json", action="store_true", help="one object a turn")


def settings(args: argparse.Namespace) -> Config:
    """Raises BadInput."""
    try:
        config = load(find(args.config))
    except ConfigError as error:
        raise BadInput(str(error)) from error
    if args.language is None:
        return config
    try:
        language = known(args.language)
    except UnknownLanguageError as error:
        raise BadInput(str(error)) from error
    # The owner's own sentences are those of the language in the settings.
    sentences = config.sentences if language == config.language else ()
    return config.model_copy(update={"language": language, "sentences": sentences})


def conversations(args: argparse.Namespace, config: Config) -> Local:
    """Raises BadInput."""
    try:
        home = args.home or config.home.file
        rules = config.care.care_rules()
        found = local(config.language, home, args.grammar, rules, config.sentences)
    except (UnknownLanguageError, DocumentError) as error:
        raise BadInput(str(error)) from error
    check_room(found.home, args.area)
    return found


def check_room(home: Home, area: str | None) -> None:
    """Raises BadInput: said in no room, "the lights" would be those of the whole house.

    A home that names no rooms at all has none to be wrong about.
    """
    if area is not None and home.areas and not areas_called(home, area):
        rooms = ", ".join(room.name for room in home.areas)
        raise BadInput(f"This home has no room {area!r}. Rooms: {rooms}.")


def not_yours(error: PermissionError) -> PermissionError:
    return PermissionError(
        f"{error.filename} belongs to another user: run this as the user of the hub (sudo -u ...), "
        "or set INGLENOOK_STATE."
    )


def complain(error: Exception, status: int = 2) -> int:
    print(error, file=sys.stderr)
    return status
