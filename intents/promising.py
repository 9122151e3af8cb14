"""The templates of a language, ready to be filled, and which of them promise to be near."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from hassil.expression import Sentence
from hassil.intents import IntentData, Intents, SlotList

from intents.filling import Maker, NothingFits, Part
from intents.languages import load

TRIED = 80
"""Templates that are filled."""


@dataclass(frozen=True, slots=True)
class Template:
    """`part` None: nobody can fill it. `domains`: of the things that it may name; none: any."""

    part: Part | None
    domains: frozenset[str]

    @property
    def needs(self) -> frozenset[str]:
        """Lists of the home in which something must be."""
        return frozenset() if self.part is None or isinstance(self.part, str) else self.part.needs


class Templates:
    """Without any home; 50 to 100 ms of work."""

    def __init__(
        self, intents: Intents, lists: Mapping[str, SlotList], rules: dict[str, Sentence]
    ) -> None:
        maker = Maker(lists, rules)
        found = [*_templates(intents)]
        self.all = tuple(_template(sentence, data, maker.of(data)) for data, sentence in found)
        owners: list[int] = []
        of: dict[str, list[int]] = {}
        clauses = [
            sentence.get_required_clauses({**rules, **data.expansion_rules})
            for data, sentence in found
        ]
        for number, each in enumerate(clauses):
            for clause in each:
                for word in clause:
                    of.setdefault(word, []).append(len(owners))
                owners.append(number)
        self._owners = np.array(owners, np.intp)
        """For each clause, of which a word must be there, its template."""
        self._of = {word: np.array(numbers, np.intp) for word, numbers in of.items()}
        """The clauses that a word meets."""
        self._lengths = np.array([len(each) for each in clauses]) / 8

    def promising(self, said: frozenset[str]) -> Sequence[Template]:
        """Those of which most was said that they must hold; filling all would take too long."""
        found = [self._of[word] for word in said if word in self._of]
        met = np.zeros(len(self._owners), bool)  # np.unique imports what a seal forbids
        for numbers in found:
            met[numbers] = True
        counts = np.bincount(self._owners[met], minlength=len(self.all))
        promises = counts - self._lengths  # of two that share as much, the shorter
        return [self.all[number] for number in np.argsort(-promises, kind="stable")[:TRIED]]


@lru_cache(maxsize=4)
def templates_of(code: str) -> Templates:
    """Those of home-assistant-intents. Raises UnknownLanguageError."""
    intents = load(code).intents
    return Templates(intents, intents.slot_lists, intents.expansion_rules)


def _templates(intents: Intents) -> Iterator[tuple[IntentData, Sentence]]:
    for intent in intents.intents.values():
        for data in intent.data:
            for sentence in data.sentences:
                yield data, sentence


def _template(sentence: Sentence, data: IntentData, maker: Maker) -> Template:
    told = data.requires_context.get("domain")
    domains = frozenset({told} if isinstance(told, str) else told or ())
    try:
        return Template(maker.make(sentence.expression), domains)
    except NothingFits:
        return Template(None, domains)
