"""The grammar of each home that is spoken to, made when first needed and kept for a while."""

from collections import OrderedDict
from dataclasses import replace

from intents.custom import Custom
from intents.grammar import Grammar
from intents.home import Home

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
    """Of one language; with `custom`, those sentences stand instead of the language's own."""

    def __init__(self, language: str, custom: Custom | None = None) -> None:
        self._language = language
        self._custom = custom
        self._kept: OrderedDict[str, Grammar] = OrderedDict()

    def of(self, home: Home) -> Grammar:
        """Raises intents.languages.UnknownLanguageError."""
        key = repr(names_of(home))
        if key not in self._kept:
            self._kept[key] = Grammar(self._language, home, self._custom)
        self._kept.move_to_end(key)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return self._kept[key]
