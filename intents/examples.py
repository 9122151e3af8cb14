"""Sentences that could be said to a home, picked by chance in the plainest words. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from intents.templates import HomeTemplates, NothingFitsError

_TRIES = 10
"""HomeTemplates filled for one sentence that can be said."""


@dataclass(frozen=True, slots=True)
class _Plain:
    """The first wording, which is the usual one, and any value."""

    chance: Random

    def wording(self, texts: Iterable[str]) -> str:
        return next(iter(texts))

    def value(self, texts: tuple[str, ...]) -> str:
        return self.chance.choice(texts)

    def number(self, numbers: range) -> int:
        return self.chance.choice(numbers)

    def free_text(self) -> str:
        raise NothingFitsError


def examples(templates: HomeTemplates, chance: Random, most: int) -> Iterator[str]:
    """At most `_TRIES` times `most`, each intent as often as another; none with free text in it.

    Some mean nothing: a template does not tell all that it needs.
    """
    by_intent = [intent.data for intent in templates.intents.intents.values() if intent.data]
    for _ in range(most * _TRIES if by_intent else 0):
        data = chance.choice(chance.choice(by_intent))
        if not data.sentences:
            continue
        try:
            yield templates.filled(data, chance.choice(data.sentences), _Plain(chance))
        except NothingFitsError:
            continue
