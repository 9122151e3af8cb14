"""The owner's own sentences beside the language's: Home Assistant's custom sentences, unchanged.

Files may use each other's lists and rules, and the language's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hassil.intents import Intent, IntentData, Intents
from jinja2 import TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from intents.documents import Document, DocumentError, read
from intents.filling import HOME_LISTS
from intents.languages import Responses, known, load
from intents.sentence_file import (
    Blocks,
    List,
    Sentences,
    check,
    language_of,
    names_for,
    parsed,
)
from intents.sentence_file import Responses as GivenResponses

_OURS = "Hub"
"""What the names of the hub's own intents begin with."""


@dataclass(frozen=True, slots=True, eq=False)
class Added:
    """`own`: the owner's, each block with all the lists and rules it needs; `all`: those behind the
    language's. `responses`: what is said, by intent.
    """

    own: Intents
    all: Intents
    responses: Responses


def load_added(paths: Sequence[Path], language: str) -> Added | None:
    """Files, and folders of such or of one folder a language. None where none are named.

    Raises DocumentError with file and line, UnknownLanguageError.
    """
    code = known(language)
    read_files = [_read(file, code) for path in paths for file in _files(path, code)]
    if not read_files:
        return None
    names = names_for(code, [sentences for _, sentences in read_files])
    for document, sentences in read_files:
        check(document, sentences, names)
    joined = _joined(code, [sentences for _, sentences in read_files])
    base = load(code).intents
    own = _whole(parsed(joined), base)
    return Added(own, _beside(base, own), joined.responses.intents)


def _files(path: Path, code: str) -> Iterable[Path]:
    """Raises DocumentError."""
    if not path.is_dir():
        return (path,)
    folder = path / code if (path / code).is_dir() else path
    if found := sorted(folder.glob("*.yaml")):
        return found
    raise DocumentError(f"{path} holds no sentences: neither *.yaml nor a folder {code} with such.")


def _read(file: Path, code: str) -> tuple[Document, Sentences]:
    document = read(file)
    sentences = document.convert(Sentences)
    if (found := language_of(document, sentences)) != code:
        raise document.at("$.language", f"these sentences are in {found}, the hub speaks {code}")
    for intent in sentences.intents:
        if intent.startswith(_OURS):
            raise document.at(
                f"$.intents.{intent}", f"names that begin with {_OURS} are the hub's own"
            )
    _check_responses(document, sentences)
    return document, sentences


def _check_responses(document: Document, sentences: Sentences) -> None:
    """Raises DocumentError."""
    for intent, answers in sentences.responses.intents.items():
        for key, text in answers.items():
            try:
                SandboxedEnvironment(autoescape=False).parse(text)
            except TemplateSyntaxError as error:
                path = f"$.responses.intents.{intent}.{key}"
                raise document.at(path, f"this template cannot be read: {error}") from error


def _joined(code: str, files: Sequence[Sentences]) -> Sentences:
    """As if they were one file."""
    intents: dict[str, Blocks] = {}
    lists: dict[str, List] = {}
    rules: dict[str, str] = {}
    responses: dict[str, dict[str, str]] = {}
    for file in files:
        for name, block in file.intents.items():
            intents[name] = Blocks([*intents.get(name, Blocks([])).data, *block.data])
        for name, given in file.lists.items():
            lists[name] = _both(lists[name], given) if name in lists else given
        rules |= file.expansion_rules
        for name, answers in file.responses.intents.items():
            responses[name] = {**responses.get(name, {}), **answers}
    return Sentences(
        language=code,
        intents=intents,
        lists={name: each for name, each in lists.items() if name not in HOME_LISTS},
        expansion_rules=rules,
        skip_words=[word for file in files for word in file.skip_words],
        responses=GivenResponses(responses),
    )


def _both(one: List, other: List) -> List:
    """Values add up; of ranges the last counts."""
    if one.values is None or other.values is None:
        return other
    return List(values=[*one.values, *other.values])


def _whole(own: Intents, base: Intents) -> Intents:
    """Each block with the file's lists and rules, so that the language's keep theirs."""

    def scoped(data: IntentData) -> IntentData:
        return replace(
            data,
            slot_lists={**own.slot_lists, **data.slot_lists},
            expansion_rules={**own.expansion_rules, **data.expansion_rules},
        )

    return replace(
        own,
        intents={
            name: Intent(name, [scoped(data) for data in intent.data])
            for name, intent in own.intents.items()
        },
        slot_lists={},
        expansion_rules={},
        skip_words=[*base.skip_words, *own.skip_words],
    )


def _beside(base: Intents, own: Intents) -> Intents:
    intents: Mapping[str, Intent] = base.intents
    both = {
        name: Intent(name, [*(intents[name].data if name in intents else ()), *intent.data])
        for name, intent in own.intents.items()
    }
    return replace(base, intents={**intents, **both}, skip_words=own.skip_words)
