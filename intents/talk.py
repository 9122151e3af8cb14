"""What is only said within a conversation: yes, undo that, a bit more, and upstairs? Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from intents.documents import read
from intents.phrasing.lookup import Lookup
from intents.phrasing.words import words
from intents.wishes import Slot, Wish

_FILE = Path(__file__).with_name("talk.yaml")
_PLAIN = {
    "agree": "HubYes",
    "refuse": "HubNo",
    "stop": "HubStop",
    "cancel": "HassNevermind",
    "undo": "HubUndo",
    "recall": "HubRecall",
    "why": "HubWhy",
    "repeat": "HubRepeat",
    "snooze": "HubSnooze",
    "schedules": "HubScheduleStatus",
    "unschedule": "HubCancelSchedule",
}
_STEPS: Mapping[str, tuple[str, Slot | None]] = {
    "up": ("up", None),
    "down": ("down", None),
    "much": ("up", "much"),
    "much_less": ("down", "much"),
}
_OF: Mapping[str, tuple[str, ...]] = {
    "light": (
        *("bright", "dark", "dim", "hell", "dunkl", "lumineu", "sombre", "clair", "brilla", "luz"),
        *("oscur", "luminos", "scur", "chiar", "fel", "helder", "donker"),
    ),
    "media_player": (
        *("loud", "quiet", "soft", "laut", "leise", "fort", "fuerte", "suave", "forte", "piano"),
        *("hard", "luid", "zacht", "stil"),
    ),
    "climate": (
        *("warm", "cool", "cold", "hot", "wärm", "kält", "kühl", "chaud", "froid", "calor", "frío"),
        *("caliente", "cald", "fredd", "koud", "koel"),
    ),
}
"""Parts of words that tell of what there is to be more or less, in all languages of talk.yaml."""
_POLITE = ("please", "bitte", "por favor", "per favore", "alsjeblieft", "s'il te plaît")
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """One language's short sentences, as words. Empty where none are known."""

    plain: Mapping[Words, Wish]
    leads: Mapping[Words, str]
    others: frozenset[Words]
    both: frozenset[Words]
    ordinals: tuple[str, ...]
    last: frozenset[str]
    articles: tuple[Words, ...]
    elided: tuple[str, ...]
    too: tuple[Words, ...]
    joins: tuple[Words, ...]
    unfinished: tuple[Words, ...]
    overheard: frozenset[Words]

    def plainly(self, said: Words) -> Wish | None:
        """As "yes", "undo that", "a bit more"; None for all that is no such sentence."""
        bare = _without_politeness(said)
        return self.plain.get(said) or self.plain.get(bare)

    def stops_short(self, said: Words) -> bool:
        """It ends with words after which more must come, and is not one of these sentences."""
        while said[-1:] == (",",):
            said = said[:-1]
        return any(said[-len(end) :] == end and len(said) > len(end) for end in self.unfinished)

    def is_idle(self, said: Words, lookup: Lookup, *, asked: bool) -> bool:
        """Said to other people as often as to a house. "More" or "kitchen" alone answer a question;
        "right" and "nothing" are no answer that anything should depend on.
        """
        wish = self.plainly(said) or self.picked(said, lookup)
        if wish is None or (asked and wish.intent in ("HubMore", "HubPick")):
            return False
        lone = wish.intent == "HubPick" and len(said) == 1 and "name" not in wish.slots
        return lone or said in self.overheard

    def picked(self, said: Words, lookup: Lookup) -> Wish | None:
        """As "and upstairs?", "no, the bedroom", "the second one", or only "the kitchen"."""
        whole = tuple(w for w in _without_politeness(said) if w != ",")
        if slots := self._picked(whole, lookup):
            return Wish("HubPick", slots)
        rest, relation = self._led(whole)
        slots = self._picked(rest, lookup)
        if slots is None:
            return None
        return Wish("HubPick", {"relation": relation, **slots} if relation else slots)

    def _led(self, said: Words) -> tuple[Words, str | None]:
        ends = [each for each in self.too if said[-len(each) :] == each and len(said) > len(each)]
        relation: str | None = "and" if ends and said[-1] not in _POLITE else None
        rest = said[: -len(max(ends, key=len))] if ends else said
        leads = [lead for lead in self.leads if rest[: len(lead)] == lead]
        if leads:
            longest = max(leads, key=len)
            return rest[len(longest) :], self.leads[longest]
        return rest, relation

    def _picked(self, said: Words, lookup: Lookup) -> dict[str, Slot] | None:
        if said in self.others:
            return {"reference": "other"}
        if said in self.both:
            return {"ordinal": "all"}
        shorter = tuple(self._unarticled(said))
        found = (self._named(rest, lookup) for rest in shorter)
        return next(filter(None, found), None) or self._counted(shorter[-1])

    def _named(self, said: Words, lookup: Lookup) -> dict[str, Slot] | None:
        named = lookup.longest(said, 0) if said else None
        if named is None or said[named.end :] not in ((), ("one",)):
            return None
        if named.areas:
            return {"area": named.areas[0].name}
        if named.floors:
            return {"floor": named.floors[0].name}
        return {"name": named.things[0].name}

    def _counted(self, rest: Words) -> dict[str, Slot] | None:
        """As "second", "the last one"; in German "zweite" and "zweiten"."""
        words_left = tuple(w for w in rest if w != "one")
        if len(words_left) != 1:
            return None
        for number, word in enumerate(self.ordinals, 1):
            if words_left[0] == word or (words_left[0].startswith(word) and len(word) > 4):  # noqa: PLR2004 an ending
                return {"ordinal": number}
        if any(words_left[0].startswith(word) for word in self.last):
            return {"ordinal": "last"}
        return None

    def _unarticled(self, said: Words) -> Iterator[Words]:
        """As it was said, then with ever less articles: a name may begin like one ("en haut")."""
        yield said
        while (shorter := self._shorter(said)) != said:
            said = shorter
            yield said

    def _shorter(self, said: Words) -> Words:
        found = [a for a in self.articles if said[: len(a)] == a and len(said) > len(a)]
        if found:
            return said[len(max(found, key=len)) :]
        elided = next((e for e in self.elided if said and said[0].startswith(e)), "")
        return (said[0].removeprefix(elided), *said[1:]) if elided else said


@cache
def talk(language: str) -> Talk:
    """Of a language as home-assistant-intents spells it; read once from this package's file."""
    every = read(_FILE).convert(dict[str, dict[str, list[str]]])
    known = every.get(language.partition("-")[0], {})

    def said(key: str) -> tuple[Words, ...]:
        return tuple(words(each) for each in known.get(key, ()))

    plain = {each: Wish(intent, {}) for key, intent in _PLAIN.items() for each in said(key)}
    for key in _STEPS:
        plain |= {each: _step(key, each) for each in said(key)}
    return Talk(
        plain=plain,
        leads={each: key for key in ("and", "instead") for each in said(key)},
        others=frozenset(said("other")),
        both=frozenset(said("both")),
        ordinals=tuple(known.get("ordinals", ())),
        last=frozenset(known.get("last", ())),
        articles=said("articles"),
        elided=tuple(known.get("elided", ())),
        too=said("too"),
        joins=said("joins"),
        unfinished=said("unfinished"),
        overheard=frozenset(said("overheard")),
    )


def _step(key: str, said: Words) -> Wish:
    direction, amount = _STEPS[key]
    slots: dict[str, Slot] = {"direction": direction}
    if amount:
        slots["amount"] = amount
    text = " ".join(said)
    for domain, parts in _OF.items():
        if any(part in text for part in parts):
            slots["of"] = domain
    return Wish("HubMore", slots)


def _without_politeness(said: Words) -> Words:
    for polite in map(words, _POLITE):
        if said[-len(polite) :] == polite:
            said = said[: -len(polite)]
        if said[: len(polite)] == polite:
            said = said[len(polite) :]
    return said
