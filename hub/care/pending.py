"""What waits for somebody's yes or code, by room. Pure: `at` is seconds of a clock that never goes
back.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from hub.asker import Asker, Way
from hub.care.classes import Care
from hub.care.code import Code, Try
from hub.deeds import AskFirst, Deed

YES_WITHIN = 30.0
CODE_WITHIN = 60.0
"""Seconds after which a question lapses."""

_Place = tuple[Way, str | None]


NoDeed = Literal["expired", "wrong_code", "locked", "several"]
"""Why a code opened nothing. expired: nothing of this id waits (any more); locked: after too many
wrong ones none is looked at for ten minutes; several: no id was given, and more than one waits.
"""
NO_DEED: Mapping[NoDeed, str] = MappingProxyType(
    {
        "expired": "Nothing waits for a code, or not any more.",
        "wrong_code": "That was the wrong code. Nothing was done.",
        "locked": "Too many wrong codes: none is looked at for ten minutes.",
        "several": "More than one thing waits for a code: say which, by its id.",
    }
)
"""The same in plain words for the owner."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Deeds that all wait for the same: a yes, or where it has an `id`, the code. `until`: `at`
    from which they wait no more.
    """

    deeds: tuple[Deed, ...]
    asker: Asker
    until: float
    id: str | None = None

    @property
    def care(self) -> Care:
        return Care.CONFIRM if self.id is None else Care.CODE


def _new_id() -> str:
    return secrets.token_hex(4)


@dataclass
class Pending:
    """A question is answered where it was heard: in the same room, by the same way in. One that is
    asked there later takes its place. `code`: None where the settings have none.
    """

    code: Code | None = None
    new_id: Callable[[], str] = _new_id
    _waiting: dict[tuple[_Place, Care], Asked] = field(default_factory=dict)

    def ask(self, deeds: Sequence[Deed], asker: Asker, at: float) -> tuple[Asked, ...]:
        """Keep those that had to be asked first: at most one question for a yes, one for a code.
        Whatever came of a turn is told here: a yes answers only what was asked last, so an earlier
        question for one lapses. One for a code, which says by its id what is meant, waits on.
        """
        asked = [d for d in deeds if isinstance(d.obstacle, AskFirst)]
        self.pass_on(asker)
        if asked:
            self.no(asker, at)
        plain = tuple(deed for deed in asked if deed.care < Care.CODE)
        coded = tuple(deed for deed in asked if deed.care is Care.CODE)
        if plain:
            self._keep(Asked(plain, asker, at + YES_WITHIN))
        if coded:
            self._keep(Asked(coded, asker, at + CODE_WITHIN, self.new_id()))
        return self.waiting(asker, at) if asked else ()

    def pass_on(self, asker: Asker) -> None:
        """The talk went on to something else: a yes would no longer mean what was asked before."""
        self._waiting.pop((_place(asker), Care.CONFIRM), None)

    def waiting(self, asker: Asker, at: float) -> tuple[Asked, ...]:
        """What waits where this one speaks."""
        self._forget(at)
        return tuple(a for (place, _), a in self._waiting.items() if place == _place(asker))

    def yes(self, asker: Asker, at: float) -> Asked | None:
        """What a yes sets free; once."""
        self._forget(at)
        return self._waiting.pop((_place(asker), Care.CONFIRM), None)

    def no(self, asker: Asker, at: float) -> tuple[Asked, ...]:
        """What now waits no more."""
        gone = self.waiting(asker, at)
        for asked in gone:
            del self._waiting[_place(asker), asked.care]
        return gone

    def confirm(self, wanted: str | None, code: str, at: float) -> Asked | NoDeed:
        """What the code sets free; once. `wanted`: its id; None: the only one that waits.

        A code is looked at only while something waits for it.
        """
        self._forget(at)
        found = [a for a in self._waiting.values() if a.id and wanted in (None, a.id)]
        if not found or self.code is None:
            return "expired"
        if len(found) > 1:
            return "several"
        match self.code.give(code, at):
            case Try.RIGHT:
                return self._waiting.pop((_place(found[0].asker), Care.CODE))
            case Try.WRONG:
                return "wrong_code"
            case Try.LOCKED:
                return "locked"

    def _keep(self, asked: Asked) -> None:
        self._waiting[_place(asked.asker), asked.care] = asked

    def _forget(self, at: float) -> None:
        self._waiting = {key: asked for key, asked in self._waiting.items() if at < asked.until}


def _place(asker: Asker) -> _Place:
    area = asker.area
    return asker.way, area.strip().casefold() if area is not None else None
