"""The sentences of a home's own grammar that lie nearest to one it did not understand.

What was said only chooses among them: no word and no number of it is ever repeated.
"""

from collections.abc import Iterator, Mapping, Sequence
from heapq import nlargest

from intents.filling import Said, Saying, Texts, words_of
from intents.home import Home
from intents.promising import Templates

MOST = 5
LEAST = 0.4
"""Share of common words (Dice) below which a sentence is no help."""

_CAMERA = {"de": "kamera", "en": "camera", "es": "cámara", "fr": "caméra", "it": "telecamer"}
"""As people call one; without it in Italian, where a room is a camera too."""


def nearness(said: str, sentence: str) -> float:
    """Share of common words (Dice), 0..1."""
    return _dice(words_of(said), words_of(sentence))


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / max(1, len(one) + len(other))


class Nearest:
    """Fills each template with this home's names so that it shares the most words."""

    def __init__(self, templates: Templates, home: Home, language: str) -> None:
        self._templates = templates
        self._camera = _CAMERA.get(language[:2], "camera") if home.views else None
        domains = {template.domains for template in templates.all}
        self._names = {each: _names(home, each) for each in domains}

    def to(self, text: str, sounding: tuple[str, ...] = ()) -> tuple[str, ...]:
        """At most five, best first; before them what is `sounding` like it. Nothing is offered for
        the home's cameras: they are none of its things, and a yes would do something else.
        """
        if self._camera and self._camera in text.casefold():
            return ()
        return tuple(dict.fromkeys((*sounding, *self._nearest(text))))[:MOST]

    def _nearest(self, text: str) -> tuple[str, ...]:
        said = Said(words_of(text))
        near: dict[str, tuple[str, float]] = {}
        for sentence in self._filled(said):
            near.setdefault(sentence.casefold(), (sentence, _dice(said.words, words_of(sentence))))
        best = nlargest(MOST, near.values(), key=lambda each: (each[1], -len(each[0])))
        return tuple(sentence for sentence, share in best if share >= LEAST)

    def _filled(self, said: Said) -> Iterator[str]:
        sayings: dict[frozenset[str], Saying] = {}
        for template in self._templates.promising(said.words):
            names, part = self._names[template.domains], template.part
            if part is None or not template.needs <= names.keys():
                continue
            if template.domains not in sayings:
                best = {each: texts.best(said.words) for each, texts in names.items()}
                sayings[template.domains] = Saying(said, best)
            yield " ".join(sayings[template.domains].fill(part).split())


def _names(home: Home, domains: frozenset[str]) -> Mapping[str, Texts]:
    """The lists of the home in which something is. `domains`: of things; none: of any."""
    lists: Mapping[str, Sequence[str]] = {
        "name": [e.name for e in home.entities if e.domain in domains or not domains],
        "area": [area.name for area in home.areas],
        "floor": [floor.name for floor in home.floors],
    }
    return {each: Texts(names) for each, names in lists.items() if names}
