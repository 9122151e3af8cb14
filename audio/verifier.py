"""Whether a known person says the wake word: a second look at what the wake engine saw of it.

Logistic regression on the engine's 16 x 96 embeddings, learnt from at least three of the person's
wake words and 15 of others; as plain numbers, 6 kB. It tells voices apart as a sieve does, not as a
lock: a wake word is a second of sound. What must not be done on voice alone is not done after it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from audio.columns import Floats
from audio.engines import EngineError, Wake
from audio.frames import Pcm

WINDOW = (16, 96)
OWN, OTHERS = 3, 15
"""Words of the person, and of others, that it takes. With 15 of others an eighth of strangers still
passed, with 5 a third (alexa, 88 recordings of people; the person was the hub's own voice).
"""
_NUMBERS = WINDOW[0] * WINDOW[1]
_STIFFNESS = 3e-4
"""Weight of the squared weights. On the same recordings, 5 words against 40: at 1e-3 more strangers
passed (11 %), at 1e-4 the person was refused more often (4 %).
"""
_ROUNDS = 30
_STILL = 1e-6

_Doubles = NDArray[np.float64]


class VerifierError(EngineError):
    """A verifier cannot be learnt from this, or is not one; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """(1536,) weights and a bias. They say something of a voice, so that they have no repr."""

    weights: Floats = field(repr=False)
    bias: float = field(repr=False)

    def probability(self, window: Floats) -> float:
        """0..1 that this person said what the engine saw, (16, 96)."""
        return float(_logistic(np.float64(window.reshape(-1) @ self.weights + self.bias)))

    def to_vector(self) -> Floats:
        """Shape (1537,)."""
        return np.append(self.weights, np.float32(self.bias))

    @staticmethod
    def from_vector(vector: Floats) -> "Verifier":
        """Raises VerifierError for anything that `to_vector` does not give."""
        if vector.shape != (_NUMBERS + 1,) or not np.isfinite(vector).all():
            raise VerifierError("This is not a voice that was enrolled here. Enrol it again.")
        return Verifier(vector[:-1], float(vector[-1]))


def learn(own: Sequence[Floats], others: Sequence[Floats]) -> Verifier:
    """From what the engine saw while each word was said, (hops, 16, 96) a word.

    Raises VerifierError.
    """
    if len(own) < OWN or len(others) < OTHERS:
        raise VerifierError(
            f"To know a voice takes {OWN} wake words of that person and {OTHERS} of others; "
            f"there are {len(own)} and {len(others)}. Record more."
        )
    windows = np.concatenate([*own, *others]).reshape(-1, _NUMBERS).astype(np.float64)
    if not np.isfinite(windows).all():
        raise VerifierError("These wake words hold values that are no numbers. Record them again.")
    is_own = np.arange(len(windows)) < sum(map(len, own))
    middle, spread = windows.mean(0), windows.std(0)
    scale = (spread + 1e-3 * windows.std() + 1e-9) * np.sqrt(_NUMBERS)
    points = (windows - middle) / scale
    pulls = _fitted(points @ points.T + 1.0, is_own)
    weights = (points.T @ pulls) / scale
    return Verifier(weights.astype(np.float32), float(pulls.sum() - weights @ middle))


def _fitted(alike: _Doubles, is_own: NDArray[np.bool_]) -> _Doubles:
    """How much each point pulls, by Newton's method; both sides count the same.

    `alike`: products of all pairs of points, a constant with each.
    """
    share = np.where(is_own, 0.5 / is_own.sum(), 0.5 / (~is_own).sum())
    pulls = np.zeros(len(alike))
    for _ in range(_ROUNDS):
        said = _logistic(alike @ pulls)
        slope = share * (said - is_own) + _STIFFNESS * pulls
        bend = (share * said * (1 - said))[:, np.newaxis] * alike
        step = np.linalg.solve(bend + _STIFFNESS * np.eye(len(alike)), slope)
        pulls -= step
        if np.abs(step).max() < _STILL:
            break
    return pulls


def _logistic(value: _Doubles | np.float64) -> _Doubles:
    """1 / (1 + exp(-value)), for any value."""
    return np.asarray(0.5 + 0.5 * np.tanh(0.5 * value))


@runtime_checkable
class Seeing(Wake, Protocol):
    """A wake engine that can tell what it saw."""

    def window(self) -> Floats:
        """(16, 96), what the last scores were made of."""
        ...


class Verified:
    """A wake engine whose words wake only for known voices: each score times the probability.

    Words without a verifier wake for everybody; of several voices the likeliest counts.
    """

    def __init__(self, wake: Seeing, verifiers: Mapping[str, Sequence[Verifier]]) -> None:
        self.hop = wake.hop
        self.words: Sequence[str] = wake.words
        self._wake = wake
        self._verifiers = verifiers

    def scores(self, pcm: Pcm) -> Mapping[str, float]:
        scores = self._wake.scores(pcm)
        window = self._wake.window()
        return {word: score * self._known(word, window) for word, score in scores.items()}

    def window(self) -> Floats:
        return self._wake.window()

    def reset(self) -> None:
        self._wake.reset()

    def _known(self, word: str, window: Floats) -> float:
        verifiers = self._verifiers.get(word, ())
        return max((each.probability(window) for each in verifiers), default=1.0)
