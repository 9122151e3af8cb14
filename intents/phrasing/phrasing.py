"""Natural phrasing of one home in English: a sentence in, wishes out, or None. Pure.

Every word must mean something to the rule that takes it: what is not understood whole is refused,
so that talk about other things does nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from intents.home import where
from intents.phrasing.clauses import clauses, is_request
from intents.phrasing.climate import blown, felt, warmed
from intents.phrasing.clocks import alarmed, left, reminded, snoozed, timed
from intents.phrasing.conditions import Later, later
from intents.phrasing.devices import brewed, cleaned, locked, moved, switched
from intents.phrasing.facts import dated, playing
from intents.phrasing.lexicon import english
from intents.phrasing.lights import coloured, dimmed, implied, in_mood, recoloured
from intents.phrasing.lists import listed, run_out
from intents.phrasing.lookup import Lookup
from intents.phrasing.making import INDIRECT, NATURAL, Rule, Wishes
from intents.phrasing.media import heard, played, turned
from intents.phrasing.places import Places
from intents.phrasing.questions import asked, forecast, measured
from intents.phrasing.spans import Clause
from intents.phrasing.tagging import tagged
from intents.wishes import Slot, Wish

_NOW: tuple[Rule, ...] = (
    *(asked, measured, forecast, brewed, cleaned, locked, moved, turned, played, heard),
    *(warmed, felt, blown, in_mood, dimmed, coloured, recoloured, implied, switched),
)
_ANY_TIME: tuple[Rule, ...] = (
    snoozed,
    left,
    reminded,
    alarmed,
    timed,
    listed,
    run_out,
    playing,
    dated,
)
Exact = Callable[[str], tuple[Wish, ...]]
"""A sentence by the templates; none where it fits none."""


class Phrasing:
    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._lexicon = english()

    def understand(self, said: tuple[str, ...], area: str | None, exact: Exact) -> Wishes:
        """`area`: name or id of the room in which it was said."""
        whole = Clause(said, tagged(said, self._lexicon, self._lookup))
        places = Places(self._lookup, where(self._lookup.home, area))
        return _Sentence(places, exact).understand(whole)


@dataclass(frozen=True, slots=True)
class _Sentence:
    places: Places
    exact: Exact

    def understand(self, whole: Clause) -> Wishes:
        parts = clauses(whole)
        if len(parts) > 1 and (first := later(parts[0])) and first.leads and not first.lasts:
            rest = (first.clause, *parts[1:])
            return _planned(first, self._all(rest), " and ".join(part.text() for part in rest))
        return self._all(parts)

    def _all(self, parts: tuple[Clause, ...]) -> Wishes:
        found: list[tuple[Wish, ...]] = []
        for at, clause in enumerate(parts):
            wishes = self._one(clause)
            if wishes is None and not (at + 1 < len(parts) and is_request(parts[at + 1])):
                return None
            found.append(wishes or ())
        said = [wish for wishes in found for wish in wishes]
        clear = [wish for wish in said if wish.score > INDIRECT]
        return tuple(clear or said) or None

    def _one(self, clause: Clause) -> Wishes:
        for rule in _ANY_TIME:
            if wishes := rule(clause, self.places):
                return wishes
        if then := later(clause):
            return self._delayed(then)
        for rule in _NOW:
            if wishes := rule(clause, self.places):
                return wishes
        return self.exact(clause.text()) or None

    def _delayed(self, then: Later) -> Wishes:
        wishes = self._one(then.clause)
        if not wishes or any(wish.intent.startswith("HassGet") for wish in wishes):
            return None
        if then.lasts:
            return _for_so_long(wishes, then)
        return _planned(then, wishes, then.clause.text())


def _planned(then: Later, wishes: Wishes, command: str) -> Wishes:
    if not wishes:
        return None
    slots: dict[str, Slot] = {**then.slots, "conversation_command": command}
    if then.delay:
        return (Wish("HassStartTimer", slots, NATURAL, "command"),)
    return (Wish("HubSchedule", slots, NATURAL),)


_BACK = {"HassTurnOn": "turn off", "HassTurnOff": "turn on"}


def _for_so_long(wishes: tuple[Wish, ...], then: Later) -> Wishes:
    """As "the fan on for an hour": now, and the opposite then."""
    back = [_opposite(wish) for wish in wishes]
    if None in back:
        return None
    command = " and ".join(filter(None, back))
    slots: dict[str, Slot] = {**then.slots, "conversation_command": command}
    return (*wishes, Wish("HassStartTimer", slots, NATURAL, "command"))


def _opposite(wish: Wish) -> str | None:
    verb = _BACK.get(wish.intent)
    name, domain = wish.slots.get("name"), wish.slots.get("domain")
    if verb is None or not (name or domain == "light") or name == "all":
        return None
    place = wish.slots.get("area") or wish.slots.get("floor")
    what = str(name) if name else f"the lights in {place}" if place else "all the lights"
    return f"{verb} {what}"
