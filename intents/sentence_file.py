"""A file of sentences in Home Assistant's format, read and checked.

`language:`, `intents: NAME: data: - sentences: [...]`, `lists:`, `expansion_rules:`, `skip_words:`,
`responses:`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import msgspec
from hassil.expression import Expression, Group, ListReference, RuleReference
from hassil.intents import Intents
from hassil.parse_expression import parse_sentence
from hassil.parser import ParseError

from intents.documents import Document
from intents.filling import HOME_LISTS
from intents.languages import UnknownLanguageError, known, load
from intents.wishes import Slot

_KINDS = 3
"""Ways to give a list."""


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    pass


class _Requirement(Strict, frozen=True):
    value: str | list[str] | None = None
    slot: bool | str = False


_Context = dict[str, str | list[str] | _Requirement | None]


class Value(Strict, frozen=True, rename={"in_": "in"}):
    in_: str
    out: Slot | None = None
    context: dict[str, str] | None = None
    metadata: dict[str, Slot] | None = None


class _Range(Strict, frozen=True, rename={"from_": "from"}):
    from_: int
    to: int
    step: int = 1
    type: Literal["number", "percentage", "temperature"] = "number"
    fractions: Literal["halves", "tenths"] | None = None
    multiplier: float | None = None
    digits: bool = True
    words: bool = True


class List(Strict, frozen=True):
    """One of the three."""

    values: list[str | Value] | None = None
    range: _Range | None = None
    wildcard: bool = False


class Data(Strict, frozen=True):
    sentences: list[str]
    slots: dict[str, Slot] = {}
    response: str | None = None
    requires_context: _Context = {}
    excludes_context: _Context = {}
    expansion_rules: dict[str, str] = {}
    lists: dict[str, List] = {}
    metadata: dict[str, Slot] = {}


class Blocks(Strict, frozen=True):
    data: list[Data]


class Responses(Strict, frozen=True):
    """What is said: templates by intent, and there by key."""

    intents: dict[str, dict[str, str]] = {}
    errors: dict[str, str] = {}


class Sentences(Strict, frozen=True):
    language: str
    intents: dict[str, Blocks] = {}
    lists: dict[str, List] = {}
    expansion_rules: dict[str, str] = {}
    skip_words: list[str] = []
    responses: Responses = Responses()


@dataclass(frozen=True, slots=True)
class Names:
    """Lists and rules that a template may use."""

    lists: frozenset[str]
    rules: frozenset[str]

    def with_those_of(self, data: Data) -> "Names":
        """And those of one block."""
        rules = self.rules | data.expansion_rules.keys()
        return Names(self.lists | data.lists.keys(), rules)

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


def check(document: Document, sentences: Sentences, names: Names) -> None:
    """Raises DocumentError for a template that cannot be read, or that uses what is not there."""
    for path, each in _lists(sentences):
        _check_list(document, path, each)
    for path, text, data in _templates(sentences):
        template = _parsed(document, path, text)
        if problem := names.with_those_of(data).missing(template):
            raise document.at(path, problem)
    for path, rules in _rules(sentences):
        if any(_needs(name, rules, frozenset()) for name in rules):
            raise document.at(path, "a rule that needs itself never ends")


def language_of(document: Document, sentences: Sentences) -> str:
    """As home-assistant-intents spells it. Raises DocumentError."""
    try:
        return known(sentences.language)
    except UnknownLanguageError as error:
        raise document.at("$.language", str(error)) from error


def names_for(language: str, files: Iterable[Sentences]) -> Names:
    """What templates may use: the home's lists, the language's, and those of all these files."""
    base = load(language).intents
    lists, rules = HOME_LISTS | base.slot_lists.keys(), frozenset(base.expansion_rules)
    for file in files:
        lists, rules = lists | file.lists.keys(), rules | file.expansion_rules.keys()
    return Names(lists, rules)


def parsed(sentences: Sentences) -> Intents:
    """As hassil has them."""
    return Intents.from_dict(msgspec.to_builtins(sentences))


def _lists(sentences: Sentences) -> Iterator[tuple[str, List]]:
    for name, each in sentences.lists.items():
        yield f"$.lists.{name}", each
    for intent, block in sentences.intents.items():
        for n, data in enumerate(block.data):
            for name, each in data.lists.items():
                yield f"$.intents.{intent}.data[{n}].lists.{name}", each


def _rules(sentences: Sentences) -> Iterator[tuple[str, Mapping[str, Expression]]]:
    """Path, and the rules that a template there may use besides the language's."""
    shared = {each: _expression(text) for each, text in sentences.expansion_rules.items()}
    yield "$.expansion_rules", shared
    for intent, block in sentences.intents.items():
        for n, data in enumerate(block.data):
            own = {each: _expression(text) for each, text in data.expansion_rules.items()}
            if own:
                yield f"$.intents.{intent}.data[{n}].expansion_rules", {**shared, **own}


def _expression(text: str) -> Expression:
    return parse_sentence(text).expression


def _needs(rule: str, rules: Mapping[str, Expression], inside: frozenset[str]) -> bool:
    """Whether it needs one of those that it is inside of, or itself."""
    if rule in inside:
        return True
    needed = _referred(rules[rule]) if rule in rules else ()
    return any(_needs(each, rules, inside | {rule}) for each in needed)


def _referred(expression: Expression) -> Iterator[str]:
    match expression:
        case Group(items=items):
            for item in items:
                yield from _referred(item)
        case RuleReference(rule_name=name):
            yield name
        case _:
            return


def _check_list(document: Document, path: str, given: List) -> None:
    if (given.values is None) + (given.range is None) + (not given.wildcard) != _KINDS - 1:
        raise document.at(path, "give one of: values, range, wildcard")
    if given.range and (given.range.from_ > given.range.to or given.range.step < 1):
        raise document.at(path, "'from' must not be above 'to', and 'step' must be 1 or more")
    for n, value in enumerate(given.values or ()):
        _parsed(document, f"{path}.values[{n}]", value if isinstance(value, str) else value.in_)


def _templates(sentences: Sentences) -> Iterator[tuple[str, str, Data]]:
    """Path, text and block of every template."""
    for name, text in sentences.expansion_rules.items():
        yield f"$.expansion_rules.{name}", text, Data([])
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


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "none"
