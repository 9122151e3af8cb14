"""What is said in people's own words: within a conversation, in several wishes, in no template."""

from collections.abc import Callable

from intents.home import Home
from intents.phrasing.looking import seen
from intents.phrasing.lookup import Lookup
from intents.phrasing.phrasing import Phrasing
from intents.phrasing.words import words
from intents.piecemeal import joining
from intents.several import several
from intents.talk import talk
from intents.wishes import Wish

Exact = Callable[[str, str | None], tuple[Wish, ...]]
"""A sentence and the room, by the templates."""


class Natural:
    """Of one language and home. Natural phrasing is English, talk is in talk.yaml."""

    def __init__(self, language: str, home: Home) -> None:
        self._talk = talk(language)
        self.joins = joining(self._talk.joins)
        self._home = home
        self._lookup = Lookup(home)
        self._phrasing = Phrasing(self._lookup) if language.startswith("en") else None

    def talk(self, text: str) -> Wish | None:
        """One of the short sentences that only make sense within a conversation."""
        said = words(text)
        picked = self._talk.picked(said, self._lookup) if said[-1:] == ("one",) else None
        return self._talk.plainly(said) or picked

    def is_idle(self, text: str, *, asked: bool) -> bool:
        """No sentence to act on when it was heard. `asked`: the hub had just asked something."""
        said = words(text)
        return self._talk.stops_short(said) or self._talk.is_idle(said, self._lookup, asked=asked)

    def seen(self, text: str) -> tuple[Wish, ...]:
        """What is asked of a home's cameras."""
        return (seen(words(text), self._home) or ()) if self._phrasing is not None else ()

    def understand(self, text: str, area: str | None, exact: Exact) -> tuple[Wish, ...]:
        """None at all for what is not understood whole. `exact`: for the parts of a sentence."""
        said = words(text)
        if wish := self._talk.picked(said, self._lookup):
            return (wish,)

        def here(sentence: str) -> tuple[Wish, ...]:
            return exact(sentence, area)

        if self._phrasing is not None:
            return self._phrasing.understand(said, area, here) or ()
        return several(said, self._talk.joins, here)
