"""Text -> wishes: home-assistant-intents' sentences with the names of one home."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from random import Random

from hassil.intents import Intents, SlotList
from hassil.numbers import get_rbnf_engine
from hassil.recognize import RecognizeResult, recognize_best

from intents.added import Added
from intents.bysound import BySound
from intents.choice import LIKELY, SURE, Scorer, choose, ranked
from intents.continuation import Continuations
from intents.custom import Custom
from intents.examples import examples
from intents.home import Area, Entity, Floor, Home, where
from intents.languages import known, load
from intents.names import Names
from intents.natural import Exact, Natural
from intents.nearest import Nearest
from intents.phrases import phrases
from intents.piecemeal import Piecemeal
from intents.plausible import plausible
from intents.promising import Templates, templates_of
from intents.recognized import NOWHERE, is_open, wish_of
from intents.repair import Candidate, Repair
from intents.sensed import sensed
from intents.sieve import Sieve, sieve_of, words_of
from intents.sounds import Sounds
from intents.spelling import spell
from intents.templates import HomeTemplates
from intents.wishes import NotUnderstood, Understanding, Wish
from intents.wordgraph import WordGraph, word_graph

_ALWAYS = frozenset({"HubYes", "HubNo", "HubStop", "HassNevermind"})


@dataclass(frozen=True, slots=True)
class Hearsay:
    """What somebody seems to have said, and how sure that is, 0..1. `text`: the sentence that was
    taken, put right; empty for one that was not.
    """

    understanding: Understanding
    confidence: float
    text: str = field(default="", repr=False)


class Grammar:
    """Everything that can be said in one language to one home.

    With `custom` its sentences stand instead of the language's own; they may use the lists and
    rules of the language. What is `added` stands before them. Raises UnknownLanguageError.
    """

    def __init__(
        self,
        language: str,
        home: Home,
        custom: Custom | None = None,
        added: Added | None = None,
    ) -> None:
        self.language = known(language)
        self.home = home
        base = load(self.language).intents
        self._custom, self._added = custom, added
        self._intents = custom.intents if custom else added.all if added else base
        self._ways = (custom.intents,) if custom else (added.own, base) if added else (base,)
        self._lists: dict[str, SlotList] = {**base.slot_lists, **self._intents.slot_lists}
        self._rules = {**base.expansion_rules, **self._intents.expansion_rules}
        self._names = Names(home)
        self._sieves = tuple(
            sieve_of(self.language) if way is base else Sieve(way, self._lists, self._rules)
            for way in self._ways
        )
        self._words = words_of(_spoken_names(home))
        self._natural = None if custom else Natural(self.language, home)
        self._best("turn on", None)  # hassil prepares its sentences now, not while someone waits
        with suppress(ValueError):  # a language without spelled numbers
            get_rbnf_engine(self.language)  # it opens a file, which a sealed process cannot later

    def learnt(self, home: Home) -> "Grammar":
        """The same sentences with the names of another home."""
        return Grammar(self.language, home, self._custom, self._added)

    def parse(self, text: str, area: str | None = None) -> Understanding:
        """One sentence. `area`: name or id of the room in which it was said.

        Sentences that mean the room one is in ("turn on the lights") carry its name in the slot
        `area`; where nobody knows the room they carry none.
        """
        sentence = spell(text)
        return self._meant(sentence, area) or NotUnderstood(self._nearest.to(sentence))

    def _first(self, sentence: str, area: str | None) -> tuple[Wish, ...]:
        """What is said within a conversation, or a sentence of the owner's own. Yes, no, stop and
        cancel mean that and nothing else.
        """
        talk = self._natural.talk(sentence) if self._natural else None
        if talk and (talk.intent in _ALWAYS or self._added is None):
            return (talk,)
        own = self._recognized(sentence, area, self._added.own) if self._added else None
        if own and not is_open(own):
            return (self._asked(own),)
        return (talk,) if talk else ()

    def prepare_to_hear(self) -> None:
        """Work out now what sounds alike here, 0.1 to 1 s, and not while someone waits."""
        self.near("turn on")
        self._nearest.to("turn on")
        self.goes_on("turn on")

    def examples(self, chance: Random, most: int) -> tuple[str, ...]:
        """At most so many different sentences that mean something here, without free text."""
        sentences = examples(self._templates, chance, most)
        told = (each for each in dict.fromkeys(sentences) if self._wish(spell(each), None))
        return tuple(islice(told, most))

    def phrases(self) -> tuple[str, ...]:
        """Words, names and numbers, in small letters, of which all that can be said is made."""
        return phrases(self._graph, self.language)

    def near(self, text: str) -> tuple[Candidate, ...]:
        """Sentences that sound like it, nearest first; some may mean nothing in this home."""
        return self._repair.near(text)

    def goes_on(self, text: str) -> bool:
        """Whether a command could go on to be another; True where nobody can tell, as with people's
        own words, which may follow any template.
        """
        if self._natural is not None:
            return True
        return self._continuations.goes_on(self._repair.words(text))

    def hear(
        self, text: str, area: str | None, score: Scorer | None, *, asked: bool = False
    ) -> Hearsay:
        """One sentence as a recogniser wrote it; what it may have misheard is put right.

        `score`: what the ear thinks of other sentences for the same sound; None where it cannot
        tell, and then only what sounds nearly the same is taken for it. A sentence with free text
        in it may be a misheard one without. `asked`: it answers a question of the hub; else single
        words that people say to each other mean nothing, and never does what breaks off ("turn off
        the kitchen and").
        """
        sentence = spell(text)
        if self._natural and self._natural.is_idle(sentence, asked=asked):
            return Hearsay(NotUnderstood(self._nearest.to(sentence)), 0.0)
        if said := self._first(sentence, area):
            return Hearsay(said, 1.0, text)
        if self._natural and (seen := self._natural.seen(sentence)):
            return Hearsay(seen, 1.0, text)
        result = self._best(sentence, area)
        if result and not is_open(result):
            return Hearsay((self._asked(result),), 1.0, text)
        if found := self._otherwise(sentence, area, result):
            return Hearsay(found, 1.0, text)
        parts = None if result else self._piecemeal(area)
        if parts and (mended := parts.mended(text, score)):
            return Hearsay(mended.wishes, mended.confidence, mended.text)
        order = ranked(text, self.near(text), score)
        choice = choose(order, lambda candidate: self._wish(candidate.text, area))
        is_one = not (parts and parts.is_several(text))
        if choice and choice.confidence >= (LIKELY if result else SURE) and is_one:
            return Hearsay((choice.wish,), choice.confidence, choice.candidate.text)
        if result:
            return Hearsay((self._asked(result),), 1.0, text)
        offers = self._nearest.to(sentence, choice.offered if choice else ())
        return Hearsay(NotUnderstood(offers), choice.confidence if choice else 0.0)

    def _piecemeal(self, area: str | None) -> Piecemeal | None:
        if self._natural is None:
            return None
        return Piecemeal(
            self._natural.joins,
            self.near,
            wish=lambda text: self._wish(text, area),
            understand=lambda text: self._meant(spell(text), area),
        )

    def _meant(self, sentence: str, area: str | None) -> tuple[Wish, ...]:
        """By the templates, else in people's own words; none where it means nothing."""
        if said := self._first(sentence, area):
            return said
        if self._natural and (seen := self._natural.seen(sentence)):
            return seen
        result = self._best(sentence, area)
        if result and not is_open(result) and not _is_no_question(sentence, result):
            return (self._asked(result),)
        found = self._otherwise(sentence, area, result)
        return found or ((self._asked(result),) if result else ())

    def _otherwise(
        self, sentence: str, area: str | None, result: RecognizeResult | None
    ) -> tuple[Wish, ...]:
        """What natural phrasing makes of it. Where a template with free text fits too, only several
        wishes are better ("add milk and turn off the light" is not one thing to buy).
        """
        if self._natural is None:
            return ()
        if result is None:
            return self._natural.understand(sentence, area, self._exact)
        found = self._natural.understand(sentence, area, self._part)
        return found if len(found) > 1 or _is_no_question(sentence, result) else ()

    @property
    def _part(self) -> Exact:
        """Of a sentence that fits a template with free text: English is taken apart before, in
        other languages only what has none is sure to be a part.
        """
        return self._exact if self.language.startswith("en") else self._closed

    def _closed(self, sentence: str, area: str | None) -> tuple[Wish, ...]:
        """By a template without free text."""
        result = self._best(sentence, area)
        return (self._asked(result),) if result and not is_open(result) else ()

    def _asked(self, result: RecognizeResult) -> Wish:
        return sensed(wish_of(result), self.home)

    def _exact(self, sentence: str, area: str | None) -> tuple[Wish, ...]:
        wish = self._wish(sentence, area)
        return (wish,) if wish else ()

    def _wish(self, sentence: str, area: str | None) -> Wish | None:
        result = self._best(sentence, area)
        return self._asked(result) if result else None

    def _best(self, sentence: str, area: str | None) -> RecognizeResult | None:
        sifted = (sieve.sift(sentence, self._words) for sieve in self._sieves)
        found = (self._recognized(sentence, area, intents) for intents in sifted)
        return next(filter(None, found), None)

    def _recognized(
        self, sentence: str, area: str | None, intents: Intents
    ) -> RecognizeResult | None:
        result = recognize_best(
            sentence,
            intents,
            slot_lists={**self._lists, **self._names.lists(sentence)},
            expansion_rules=self._rules,
            intent_context={"area": self._here(area)},
            language=self.language,
            best_slot_name="name",
        )
        if result is None or not plausible(result, self.home):
            return None
        later = result.entities.get("conversation_command")
        if later is not None and not _can_wait(self._meant(later.text_clean, area)):
            return None  # a command for later must be one now
        return result

    def _here(self, area: str | None) -> str:
        spot = where(self.home, area)
        return spot.name if spot else NOWHERE

    @cached_property
    def _graph(self) -> WordGraph:
        return word_graph(self._intents, self._lists, self._rules, self.home)

    @cached_property
    def _repair(self) -> Repair:
        sounds = Sounds(self.language)
        return Repair(BySound(self._graph, sounds), sounds, self._intents.skip_words)

    @cached_property
    def _continuations(self) -> Continuations:
        return Continuations(self._graph, Sounds(self.language))

    @property
    def _templates(self) -> HomeTemplates:
        return HomeTemplates(self._intents, self._lists, self._rules, self.home)

    @cached_property
    def _nearest(self) -> Nearest:
        if self._custom or self._added:
            return Nearest(
                Templates(self._intents, self._lists, self._rules), self.home, self.language
            )
        return Nearest(templates_of(self.language), self.home, self.language)


def _can_wait(wishes: tuple[Wish, ...]) -> bool:
    """Something to be done; "wake me" and "remind me" are about the time itself."""
    return bool(wishes) and not any(wish.intent.startswith("HubSet") for wish in wishes)


def _spoken_names(home: Home) -> Iterable[str]:
    things: tuple[Entity | Area | Floor, ...] = (*home.entities, *home.areas, *home.floors)
    for thing in things:
        yield from (thing.name, *thing.aliases)


def _is_no_question(sentence: str, result: RecognizeResult) -> bool:
    """As "all the lights off", though a template leaves out its "are"."""
    return result.intent.name == "HassGetState" and sentence.casefold().startswith("all ")
