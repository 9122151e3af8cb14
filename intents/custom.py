"""A grammar of one's own (`--grammar FILE`): Home Assistant's custom sentences, or a Rhino context.

Home Assistant's format: `language:`, `intents: NAME: data: - sentences: [...]`, `lists:`,
`expansion_rules:`. Picovoice Rhino's: `context: expressions: NAME: [...]`, `slots:`, `macros:`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec
from hassil.expression import Expression, Group, ListReference, RuleReference
from hassil.intents import Intents
from hassil.parse_expression import parse_sentence
from hassil.parser import ParseError

from intents.documents import Document, read
from intents.languages import UnknownLanguageError, known, load
from intents.rhino import RhinoError, template
from intents.wishes import Slot

HOME_LISTS = frozenset({"name", "area", "floor"})
"""Lists that the home fills."""
_KINDS = 3
"""Ways to give a list."""


@dataclass(frozen=True, slots=True)
class Custom:
    """Sentences of a file, checked: every list and rule they use is there."""

    language: str
    intents: Intents


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    pass


class _Requirement(_Strict, frozen=True):
    value: str | list[str] | None = None
    slot: bool | str = False


_Context = dict[str, str | list[str] | _Requirement | None]


class _Value(_Strict, frozen=True, rename={"in_": "in"}):
    in_: str
    out: Slot | None = None
    context: dict[str, str] | None = None
    metadata: dict[str, Slot] | None = None


class _Range(_Strict, frozen=True, rename={"from_": "from"}):
    from_: int
    to: int
    step: int = 1
    type: Literal["number", "percentage", "temperature"] = "number"
    fractions: Literal["halves", "tenths"] | None = None
    multiplier: float | None = None
    digits: bool = True
    words: bool = True


class _List(_Strict, frozen=True):
    """One of the three."""

    values: list[str | _Value] | None = None
    range: _Range | None = None
    wildcard: bool = False


class _Data(_Strict, frozen=True):
    sentences: list[str]
    slots: dict[str, Slot] = {}
    response: str | None = None
    requires_context: _Context = {}
    excludes_context: _Context = {}
    expansion_rules: dict[str, str] = {}
    lists: dict[str, _List] = {}
    metadata: dict[str, Slot] = {}


class _Intent(_Strict, frozen=True):
    data: list[_Data]


class _Sentences(_Strict, frozen=True):
    language: str
    intents: dict[str, _Intent]
    lists: dict[str, _List] = {}
    expansion_rules: dict[str, str] = {}
    skip_words: list[str] = []


class _Expressions(_Strict, frozen=True):
    expressions: dict[str, list[str]]
    slots: dict[str, list[str]] = {}
    macros: dict[str, list[str]] = {}


class _Rhino(_Strict, frozen=True):
    context: _Expressions


def load_custom(path: Path, language: str) -> Custom:
    """`language` is that of a Rhino context, which names none. Raises DocumentError."""
    document = read(path)
    match document.value:
        case {"context": _}:
            sentences = _from_rhino(document, language)
        case {"intents": _}:
            sentences = document.convert(_Sentences)
        case _:
            raise document.at(
                "$",
                "this is no grammar; allowed: 'intents' with 'language' (Home Assistant's custom "
                "sentences), or 'context' with 'expressions' (a Rhino context)",
            )
    return _checked(document, sentences)


def _from_rhino(document: Document, language: str) -> _Sentences:
    context = document.convert(_Rhino).context
    intents = {
        name: _Intent([_Data([_rhino(document, name, n, text) for n, text in enumerate(texts)])])
        for name, texts in context.expressions.items()
    }
    return _Sentences(
        language=language,
        intents=intents,
        lists={
            name: _List(values=[_Value(template(each), each) for each in values])
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


def _checked(document: Document, sentences: _Sentences) -> Custom:
    """Raises DocumentError for a template that cannot be read, or that uses what is not there."""
    try:
        language = known(sentences.language)
    except UnknownLanguageError as error:
        raise document.at("$.language", str(error)) from error
    for path, each in _lists(sentences):
        _check_list(document, path, each)
    base = load(language).intents
    lists = HOME_LISTS | base.slot_lists.keys() | sentences.lists.keys()
    rules = base.expansion_rules.keys() | sentences.expansion_rules.keys()
    for path, text, data in _templates(sentences):
        template = _parsed(document, path, text)
        own = _Names(
            frozenset(lists | data.lists.keys()), frozenset(rules | data.expansion_rules.keys())
        )
        if problem := own.missing(template):
            raise document.at(path, problem)
    try:
        intents = Intents.from_dict(msgspec.to_builtins(sentences))
    except RecursionError as error:
        raise document.at("$.expansion_rules", "a rule that needs itself never ends") from error
    return Custom(language, intents)


def _lists(sentences: _Sentences) -> Iterator[tuple[str, _List]]:
    for name, each in sentences.lists.items():
        yield f"$.lists.{name}", each
    for intent, block in sentences.intents.items():
        for n, data in enumerate(block.data):
            for name, each in data.lists.items():
                yield f"$.intents.{intent}.data[{n}].lists.{name}", each


def _check_list(document: Document, path: str, given: _List) -> None:
    if (given.values is None) + (given.range is None) + (not given.wildcard) != _KINDS - 1:
        raise document.at(path, "give one of: values, range, wildcard")
    if given.range and (given.range.from_ > given.range.to or given.range.step < 1):
        raise document.at(path, "'from' must not be above 'to', and 'step' must be 1 or more")
    for n, value in enumerate(given.values or ()):
        _parsed(document, f"{path}.values[{n}]", value if isinstance(value, str) else value.in_)


def _templates(sentences: _Sentences) -> Iterator[tuple[str, str, _Data]]:
    """Path, text and block of every template."""
    for name, text in sentences.expansion_rules.items():
        yield f"$.expansion_rules.{name}", text, _Data([])
    for name, intent in sentences.intents.items():
        for n, data in enumerate(intent.data):
            path = f"$.intents.{name}.data[{n}]"
            for rule, text in data.expansion_rules.items():
                yield f"{path}.expansion_rules.{rule}", text, data
            for m, text in enumerate(data.sentences):
                yield f"{path}.sentences[{m}]", text, data


def _parsed(document: Document, path: str, text: str) -> Expression:
    try:
        return parse_sentence(text).expression
    except (ParseError, AssertionError) as error:  # hassil asserts that nothing is empty
        raise document.at(path, f"this template cannot be read: {error}") from error


@dataclass(frozen=True, slots=True)
class _Names:
    """Lists and rules that a template may use."""

    lists: frozenset[str]
    rules: frozenset[str]

    def missing(self, expression: Expression) -> str | None:
        """What it uses that is not there, in plain words."""
        match expression:
            case Group():
                return next(filter(None, map(self.missing, expression.items)), None)
            case ListReference(list_name=name) if not (
                expression.is_inline_range or name in self.lists
            ):
                return f"there is no list {{{name}}}; there are: {_listed(self.lists)}"
            case RuleReference(rule_name=name) if name not in self.rules:
                return f"there is no rule <{name}>; there are: {_listed(self.rules)}"
            case _:
                return None


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "none"
