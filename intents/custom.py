"""A grammar of one's own (`--grammar FILE`): Home Assistant's custom sentences, or a Rhino context.

Home Assistant's format: `language:`, `intents: NAME: data: - sentences: [...]`, `lists:`,
`expansion_rules:`. Picovoice Rhino's: `context: expressions: NAME: [...]`, `slots:`, `macros:`.
"""

from dataclasses import dataclass
from pathlib import Path

import msgspec
from hassil.intents import Intents

from intents.documents import Document, read
from intents.rhino import RhinoError, template
from intents.sentence_file import (
    Blocks,
    Data,
    List,
    Sentences,
    Value,
    check,
    language_of,
    names_for,
    parsed,
)


@dataclass(frozen=True, slots=True)
class Custom:
    """Sentences of a file, checked: every list and rule they use is there."""

    language: str
    intents: Intents


class _Expressions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    expressions: dict[str, list[str]]
    slots: dict[str, list[str]] = {}
    macros: dict[str, list[str]] = {}


class _Rhino(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    context: _Expressions


def load_custom(path: Path, language: str) -> Custom:
    """`language` is that of a Rhino context, which names none. Raises DocumentError."""
    document = read(path)
    match document.value:
        case {"context": _}:
            sentences = _from_rhino(document, language)
        case {"intents": _}:
            sentences = document.convert(Sentences)
        case _:
            raise document.at(
                "$",
                "this is no grammar; allowed: 'intents' with 'language' (Home Assistant's custom "
                "sentences), or 'context' with 'expressions' (a Rhino context)",
            )
    return _checked(document, sentences)


def _from_rhino(document: Document, language: str) -> Sentences:
    context = document.convert(_Rhino).context
    intents = {
        name: Blocks([Data([_rhino(document, name, n, text) for n, text in enumerate(texts)])])
        for name, texts in context.expressions.items()
    }
    return Sentences(
        language=language,
        intents=intents,
        lists={
            name: List(values=[Value(template(each), each) for each in values])
            for name, values in context.slots.items()
        },
        expansion_rules={
            name: f"({'|'.join(map(template, texts))})" for name, texts in context.macros.items()
        },
    )


def _rhino(document: Document, intent: str, n: int, text: str) -> str:
    try:
        return template(text)
    except RhinoError as error:
        raise document.at(f"$.context.expressions.{intent}[{n}]", str(error)) from error


def _checked(document: Document, sentences: Sentences) -> Custom:
    """Raises DocumentError."""
    language = language_of(document, sentences)
    check(document, sentences, names_for(language, [sentences]))
    return Custom(language, parsed(sentences))
