"""Natural phrasing of one home in English: a sentence in, wishes out, or None. Pure.

Every word must mean something to the rule that takes it: what is not understood whole is refused,
so that talk about other things does nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from intents.home import where
from intents.phrasing.beside import Told, beside
from intents.phrasing.clauses import clauses, is_aside, is_request
from intents.phrasing.climate import blown, felt, warmed
from intents.phrasing.clocks import alarmed, another, left, reminded, snoozed, timed
from intents.phrasing.conditions import Later, later
from intents.phrasing.devices import brewed, cleaned, locked, moved, mowed, switched
from intents.phrasing.facts import dated, playing
from intents.phrasing.lexicon import english
from intents.phrasing.lights import coloured, dimmed, implied, in_mood, recoloured
from intents.phrasing.lists import listed, more_items, run_out
from intents.phrasing.looking import looked
from intents.phrasing.lookup import Lookup
from intents.phrasing.making import INDIRECT, NATURAL, Rule, Wishes
from intents.phrasing.media import heard, played, turned
from intents.phrasing.messages import broadcast
from intents.phrasing.places import Places
from intents.phrasing.questions import asked, forecast, measured
from intents.phrasing.rescheduling import rescheduled
from intents.phrasing.spans import Clause
from intents.phrasing.tagging import tagged
from intents.phrasing.talk_about import is_talk
from intents.phrasing.viewed import Viewed
from intents.wishes import Slot, Wish

_ASKED: tuple[Rule, ...] = (asked, measured, forecast)
_NOW: tuple[Rule, ...] = (
    *(brewed, mowed, cleaned, locked, moved, turned, played, heard),
    *(warmed, felt, blown, in_mood, dimmed, coloured, recoloured, implied, switched),
)
_ANY_TIME: tuple[Rule, ...] = (
    looked,
    broadcast,
    snoozed,
    left,
    reminded,
    rescheduled,
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
        said = _unaddressed(said)
        places = Places(self._lookup, where(self._lookup.home, area))
        return _Sentence(places, exact, self._tag).understand(self._tag(said))

    def _tag(self, said: tuple[str, ...]) -> Clause:
        return Clause(said, tagged(said, self._lexicon, self._lookup))


@dataclass(frozen=True, slots=True)
class _Sentence:
    places: Places
    exact: Exact
    tag: Callable[[tuple[str, ...]], Clause]

    def understand(self, whole: Clause) -> Wishes:
        sentence, whole = self._led(whole)
        parts = clauses(whole)
        if sentence.places.home.views:
            match beside(whole.tokens, Viewed(sentence.places.home), sentence.tag):
                case Told.UNCLEAR:
                    return None
                case tuple() as each:
                    return sentence.all(tuple(map(sentence.tag, each)))
        if len(parts) > 1 and (first := later(parts[0])) and first.leads and not first.lasts:
            rest = (first.clause, *parts[1:])
            if not any(part.having("now") for part in rest[1:]):
                command = " and ".join(part.text() for part in rest)
                return _planned(first, sentence.all(rest), command)
        return sentence.all(parts)

    def _led(self, whole: Clause) -> tuple["_Sentence", Clause]:
        """As in "in the bedroom turn off the lights and close the blinds": all of it is there."""
        weighty = [s for s in whole.spans if not s.has("skip") and not s.has("conj")]
        if len(weighty) < _LEAST_LED or not weighty[0].areas or weighty[0].has("thing"):
            return self, whole
        room, verb = weighty[:2]
        if not (verb.has("turn") or verb.has("act")):
            return self, whole
        rest = tuple(s for s in whole.spans if s.start >= verb.start)
        there = replace(self.places, here=room.areas[0])
        return replace(self, places=there), whole.part(rest)

    def all(self, parts: tuple[Clause, ...]) -> Wishes:
        found: list[tuple[Wish, ...]] = []
        for at, part in enumerate(parts):
            before = parts[at - 1] if at else None
            clause = self._referred(part, before)
            wishes = self._part(clause, before, found[-1] if found else ())
            last = at + 1 == len(parts)
            talk = is_aside(clause) or (not last and is_request(parts[at + 1]))
            if wishes is None and not (len(parts) > 1 and talk):
                return None
            found.append(wishes or ())
        said = [wish for wishes in found for wish in wishes]
        clear = [wish for wish in said if wish.score > INDIRECT]
        return tuple(clear or said) or None

    def _part(self, clause: Clause, before: Clause | None, wishes: tuple[Wish, ...]) -> Wishes:
        """Behind a wish for later, a part without a verb has the verb of that wish first of all."""
        timed = any(w.intent in ("HubSchedule", "HassStartTimer") for w in wishes)
        bare = not any(clause.having(tag) for tag in ("act", "turn", "part"))
        if timed and bare and (found := self._behind(clause, before, wishes)):
            return found
        return self._one(clause) or self._behind(clause, before, wishes)

    def _referred(self, clause: Clause, before: Clause | None) -> Clause:
        """As in "... and raise them in the kitchen", "... and the living room to 21": what was
        named before, elsewhere.
        """
        if before is None:
            return clause
        rooms = before.having("area")
        if rooms and "there" in clause.tokens and not clause.having("area"):
            room = before.tokens[rooms[-1].start : rooms[-1].end]
            at = clause.tokens.index("there")
            return self.tag((*clause.tokens[:at], *room, *clause.tokens[at + 1 :]))
        if not clause.having("area") or clause.having("kind"):
            return clause
        kinds, pronouns = before.having("kind"), clause.having("ref")
        if pronouns and kinds:
            kind = before.tokens[kinds[-1].start : kinds[-1].end]
            first = pronouns[0]
            return self.tag((*clause.tokens[: first.start], *kind, *clause.tokens[first.end :]))
        degrees = any(s.meanings.get("unit") == "degree" for s in before.having("number"))
        number = clause.having("number")
        if degrees and number and "unit" not in number[-1].meanings and not clause.having("thing"):
            return self.tag((*clause.tokens, "degrees"))
        return clause

    def _behind(self, clause: Clause, before: Clause | None, wishes: tuple[Wish, ...]) -> Wishes:
        """What is only whole beside the part before it: the same list, another timer, its verb."""
        if before is None or not wishes:
            return None
        if more := _more_of(wishes[-1], clause):
            return more
        verbs = [s for s in before.spans if s.has("turn") or s.has("act") or s.has("part")]
        if not verbs or clause.having("turn") or clause.having("act"):
            return None
        words_before = [w for s in verbs for w in before.tokens[s.start : s.end]]
        return self._one(self.tag((*words_before, *clause.tokens)))

    def _one(self, clause: Clause) -> Wishes:
        for rule in _ANY_TIME:
            if wishes := rule(clause, self.places):
                return wishes
        if then := later(clause):
            return self._delayed(then)
        if _is_torn(clause):
            return None
        for rule in _ASKED if is_talk(clause) else (*_ASKED, *_NOW):
            if wishes := rule(clause, self.places):
                return wishes
        return self.exact(clause.text()) or None

    def _delayed(self, then: Later) -> Wishes:
        wishes = self._one(then.clause)
        if not wishes or any(wish.intent.startswith(_AT_ONCE) for wish in wishes):
            return None
        if then.lasts:
            return _for_so_long(wishes, then)
        return _planned(then, wishes, then.clause.text())


def _planned(then: Later, wishes: Wishes, command: str) -> Wishes:
    if not wishes:
        return None
    slots: dict[str, Slot] = {**then.slots, "conversation_command": command.strip(" ,")}
    if then.delay:
        return (Wish("HassStartTimer", slots, NATURAL, "command"),)
    return (Wish("HubSchedule", slots, NATURAL),)


def _unaddressed(said: tuple[str, ...]) -> tuple[str, ...]:
    """Without "hey", and without the name of any assistant behind it or in front."""
    while said and (said[0] in _GREETINGS or said[0] in _ASSISTANTS):
        said = said[1:]
    while said and said[-1] in _ASSISTANTS:
        said = said[:-1]
    return said


_GREETINGS = frozenset({"hey", "hi", "hello", "okay"})
_ASSISTANTS = frozenset({"alexa", "google", "siri", "olly", "jarvis", "computer", "cortana"})


def _is_torn(clause: Clause) -> bool:
    """Two verbs in what could not be parted: rather nothing than the wrong half."""
    both = {"on", "off"} <= clause.values("part")
    locks = clause.values("act") & {"lock", "unlock"}
    return both or (bool(locks) and bool(clause.having("turn"))) or len(locks) > 1


def _more_of(last: Wish, clause: Clause) -> Wishes:
    """Another thing for the same list, another timer."""
    if last.intent.startswith("HassList") and "name" in last.slots:
        return more_items(clause, last.slots["name"])
    if last.intent == "HassStartTimer":
        return another(clause)
    return None


_AT_ONCE = ("HassGet", "HubSet", "HubMove")
"""Beginnings of intents that are no command for later."""
_LEAST_LED = 3
"""A room, a verb, a thing."""
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
