"""A person as the hub knows them: a random id, a name, and what they sound or look like."""

from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from hub.keep.errors import BadExample

Kind = Literal["voice", "face", "not_voice", "not_face"]
"""`not_`: "that is not me", a sound or picture that was taken for this person."""
Vector = NDArray[np.float32]
_LONGEST_VECTOR = 4_096
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """`embedding`: shape (n,), finite. `model`: which model made it; others cannot compare it.

    `created`, `expires`: seconds since 1970; None never expires. Raises BadExample.
    """

    kind: Kind
    model: str
    embedding: Vector = field(repr=False)
    created: int
    expires: int | None = None

    def __post_init__(self) -> None:
        vector = self.embedding
        fits = vector.dtype == np.float32 and vector.ndim == 1 and vector.size > 0
        if not fits or vector.size > _LONGEST_VECTOR or not np.isfinite(vector).all():
            raise BadExample(f"An embedding is 1 to {_LONGEST_VECTOR} finite float32 numbers.")
        if self.kind not in get_args(Kind):
            raise BadExample(f"An example is one of: {', '.join(get_args(Kind))}.")

    def valid(self, now: float) -> bool:
        return self.expires is None or now < self.expires


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    """Raises BadExample for a name that is empty or longer than 80 characters."""

    id: str
    name: str = field(repr=False)
    examples: tuple[Example, ...]

    def __post_init__(self) -> None:
        if not 0 < len(self.name) <= _LONGEST_NAME:
            raise BadExample(f"A name has 1 to {_LONGEST_NAME} characters.")

    @property
    def recognisable(self) -> bool:
        """Whether there is anything to compare with."""
        return any(example.kind in ("voice", "face") for example in self.examples)
