"""Telling states apart from a few examples of each: the nearest mean, and how sure that is. Pure.

Learnt in a moment, kept as plain numbers, and no picture can be made of them again. Before it is
trusted each example is judged by the others (leave one out).
"""

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from vision.descriptor import descriptor
from vision.engines import EngineError
from vision.images import Pixels

ENOUGH = 5
"""Examples of each state."""
_SHARP = 24.0
"""How quickly a difference of likeness becomes certainty."""


class Few(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`means`: state -> what it looks like on the whole. `right`: share of examples that the others
    told rightly, 0..1.
    """

    means: dict[str, list[float]]
    right: float

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self.means)

    def classify(self, pixels: Pixels) -> Mapping[str, float]:
        """A probability 0..1 for each state, summing to 1."""
        return _likeness(descriptor(pixels), self.means)


def learn(examples: Mapping[str, Sequence[Pixels]]) -> Few:
    """Raises EngineError for fewer than two states, or too few examples of one."""
    if len(examples) < 2:  # noqa: PLR2004 - this or that
        raise EngineError("Two states at least are needed: open=... closed=...")
    for state, pictures in examples.items():
        if len(pictures) < ENOUGH:
            raise EngineError(
                f"{ENOUGH} pictures of {state!r} are needed; {len(pictures)} are given."
            )
    seen = {state: [descriptor(each) for each in given] for state, given in examples.items()}
    right = [_is_told(state, at, seen) for state, given in seen.items() for at in range(len(given))]
    return Few({state: _mean(given) for state, given in seen.items()}, sum(right) / len(right))


def load(content: bytes) -> Few:
    """What `msgspec.json.encode` made of one. Raises EngineError."""
    try:
        few = msgspec.json.decode(content, type=Few)
    except msgspec.MsgspecError as error:
        raise EngineError(f"This was not learnt by `inglenook states learn`: {error}") from error
    if len({len(mean) for mean in few.means.values()}) != 1 or len(few.means) < 2:  # noqa: PLR2004 - as above
        raise EngineError("This was not learnt by `inglenook states learn`: its states differ.")
    return few


def _mean(given: Sequence["np.typing.NDArray[np.float32]"]) -> list[float]:
    mean = np.mean(given, axis=0)
    return [round(float(each), 5) for each in mean / max(1e-9, float(np.linalg.norm(mean)))]


def _likeness(
    seen: "np.typing.NDArray[np.float32]", means: Mapping[str, Sequence[float]]
) -> dict[str, float]:
    if any(len(mean) != len(seen) for mean in means.values()):
        raise EngineError("These states were learnt by another version: learn them again.")
    scores = {s: _SHARP * float(np.dot(seen, np.asarray(m))) for s, m in means.items()}
    most = max(scores.values())
    odds = {state: float(np.exp(score - most)) for state, score in scores.items()}
    return {state: each / sum(odds.values()) for state, each in odds.items()}


def _is_told(
    state: str, at: int, seen: Mapping[str, Sequence["np.typing.NDArray[np.float32]"]]
) -> bool:
    means = {
        other: _mean([each for n, each in enumerate(given) if (other, n) != (state, at)])
        for other, given in seen.items()
    }
    told = _likeness(seen[state][at], means)
    return max(told, key=lambda each: told[each]) == state
