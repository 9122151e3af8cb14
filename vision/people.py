"""Who the people are that are followed: now and then one is looked at for a face. No clock.

One person a picture at most, and of that person the upper part: finding a face costs 2 ms, telling
whose it is 15. Nothing of a stranger is kept but a count that ends with the track.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from vision.boxes import Box
from vision.engines import FaceEngine
from vision.gallery import Gallery
from vision.images import Pixels
from vision.quality import COMPARE, fault
from vision.thorough import part
from vision.votes import Votes

_UPPER = 0.6
"""Share of a person's height in which the face is."""
_AROUND = 0.1
"""What is added at the top and at both sides, of the box's height and width."""


@dataclass
class People:
    """`told`: whose names may be told; the others of the gallery are there so that nobody is taken
    for one of them.
    """

    engine: FaceEngine
    gallery: Gallery
    told: frozenset[str]
    _votes: Votes = field(default_factory=Votes)

    def step(self, pixels: Pixels, people: Mapping[int, Box], at: float) -> Mapping[int, str]:
        """`people`: tracks of persons, by id. The names of those who are known by now.

        Raises EngineError.
        """
        self._votes.keep(people)
        if self.gallery.people and (number := self._votes.due(at)) is not None:
            others = [_head(box) for each, box in people.items() if each != number]
            self._look(pixels, number, people[number], others, at)
        return {n: name for n, name in self._votes.names().items() if name in self.told}

    def _look(self, pixels: Pixels, number: int, box: Box, others: list[Box], at: float) -> None:
        cut, exact = part(pixels, _head(box))
        found = [
            face
            for face in self.engine.faces(cut)
            if not any(_holds(other, face.box.within(exact)) for other in others)
        ]
        face = max(found, key=lambda each: each.box.area, default=None)
        if face is None or fault(cut, face, COMPARE):
            self._votes.blank(number, at)
            return
        name = self.gallery.who(self.engine.embed(cut, face))
        self._votes.vote(number, name, face.box.within(exact).area, at)


def _head(box: Box) -> Box:
    aside, above = _AROUND * box.width, _AROUND * box.height
    bottom = box.top + _UPPER * box.height
    return Box(box.left - aside, box.top - above, box.right + aside, bottom).clipped()


def _holds(head: Box, face: Box) -> bool:
    """It could be that head's as well; then it is nobody's."""
    x, y = face.centre
    return head.left <= x <= head.right and head.top <= y <= head.bottom
