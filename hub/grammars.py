"""The grammar of each home that is spoken to, made when first needed and kept for a while."""

from dataclasses import replace

from intents.added import Added
from intents.custom import Custom
from intents.grammar import Grammar
from intents.home import Home
from intents.languages import Responses

_KEPT = 8
_NAMING = frozenset({"device_class"})
"""Attributes that decide what can be said of an entity."""


def names_of(home: Home) -> Home:
    """The home less its states: all that decides what can be said."""
    entities = tuple(
        replace(e, state=None, attributes={k: v for k, v in e.attributes.items() if k in _NAMING})
        for e in home.entities
    )
    return replace(home, entities=entities, timers=())


class Grammars:
    """Of one language; `custom` stands instead of its sentences, `added` before them."""

    def __init__(
        self, language: str, custom: Custom | None = None, added: Added | None = None
    ) -> None:
        self._language = language
        self._custom = custom
        self.added = added
        self._kept: list[tuple[Home, Grammar]] = []

    @property
    def responses(self) -> Responses:
        """What the owner wants said."""
        return self.added.responses if self.added else {}

    def of(self, home: Home) -> Grammar:
        """Raises intents.languages.UnknownLanguageError."""
        names = names_of(home)
        for known, grammar in self._kept:
            if known == names:
                return grammar
        grammar = Grammar(self._language, names, self._custom, self.added)
        self._kept = [(names, grammar), *self._kept[: _KEPT - 1]]
        return grammar
