"""From pictures of one person to what is kept: good faces, unlike enough, all of one person. Pure.

Nothing but embeddings leaves here; a picture that is not good enough leaves a word why.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from vision.engines import Embedding, FaceEngine
from vision.images import Pixels
from vision.quality import COMPARE, ENROL, Fault, fault

FEWEST, ENOUGH = 3, 8
"""Faces without which nobody is enrolled, and with which a capture ends."""
_SAME = 0.363
"""Cosine from which two faces are one person's, by SFace's authors; two of a person's own pictures
may differ more than a stranger is forgiven."""
_AS_BEFORE = 0.97
"""Cosine from which a face shows nothing new."""

Why = Fault | Literal["nobody", "several", "as before", "another"]
WORDS: dict[Why, str] = {
    "nobody": "no face is seen",
    "several": "more than one face is seen",
    "unsure": "the face is not seen clearly",
    "small": "the face is too small: come nearer",
    "turned": "the face is turned away",
    "blurred": "the picture is blurred",
    "as before": "it is as one before: turn the head a little",
    "another": "it is another face than the others",
}


@dataclass
class Taking:
    """Faces of one person, as pictures are offered. Raises EngineError."""

    engine: FaceEngine
    faces: list[Embedding] = field(default_factory=list)

    def offer(self, pixels: Pixels) -> Why | None:
        """None: it was taken."""
        found = only(self.engine, pixels)
        if isinstance(found, str):
            return found
        alike = max((float(found @ other) for other in self.faces), default=None)
        if alike is not None and alike < _SAME:
            return "another"
        if alike is not None and alike > _AS_BEFORE:
            return "as before"
        self.faces.append(found)
        return None


def only(engine: FaceEngine, pixels: Pixels) -> Embedding | Why:
    """The one face that is there, good enough to be enrolled. Raises EngineError."""
    found = engine.faces(pixels)
    if len(found) != 1:
        return "several" if found else "nobody"
    return fault(pixels, found[0], ENROL) or engine.embed(pixels, found[0])


def comparable(engine: FaceEngine, pixels: Pixels) -> Sequence[Embedding]:
    """All that are good enough to be taken for somebody. Raises EngineError."""
    return [
        engine.embed(pixels, face)
        for face in engine.faces(pixels)
        if fault(pixels, face, COMPARE) is None
    ]
