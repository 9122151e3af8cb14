"""openWakeWord's embedding network, fed eight mel columns at a time instead of the last 76.

Every convolution is unpadded along time and the pools make one column of eight, the hop itself:
of the 42.0 million multiplications that 76 columns take, 5.6 million are new in each hop.
"""

from collections.abc import Callable, Mapping

import numpy as np

from audio.columns import AtLeast, Convolution, Floats, Leak, Pool, Room

HOP = 8
"""Mel columns that a call takes."""
BANDS = 32
SIZE = 96
"""Numbers in an embedding."""
_KERNELS, _COLUMNS = 330_000, 50_000
"""Numbers in all kernels; in the columns that the convolutions of one stream keep and are given."""
_GIVEN = HOP * BANDS * 24
_GATHERED = 3 * _GIVEN
"""Numbers of one stream in the largest convolutions: 24 channels, three neighbours of each."""
_SETTLED = 10
"""Hops of the same after which nothing older counts: an embedding depends on 76 columns."""

_FIRST = "model/conv2d/StatefulPartitionedCall/StatefulPartitionedCall/Conv2D/ReadVariableOp:0"
_NORM = "model/batch_normalization"
_EPSILON = np.float32(0.001)
_MIDDLE = range(1, 19)
_LAST = "model/conv2d_19/Conv2D/ReadVariableOp:0"
_HALVES_TIME = {2: True, 6: False, 10: True, 14: False, 18: True}
"""The convolutions after which a pool halves the bands, and whether it halves the columns."""


class Embedding:
    """Each stream starts as if it had heard `start`, in every band, for ever."""

    def __init__(self, weights: Mapping[str, Floats], streams: int, start: float) -> None:
        """Raises KeyError where these are other weights."""
        self._room = Room(_KERNELS + streams * _COLUMNS, streams * _GATHERED, streams * _GIVEN)
        kernel, shift = _first(weights)
        first = Convolution(kernel, shift, (streams, HOP, BANDS), self._room)
        self._convolutions = [first]
        self._outlet: Floats = first.outlet
        self._steps: list[Callable[[], None]] = [first, AtLeast(first.outlet, shift)]
        for number in _MIDDLE:
            self._layer(number, weights)
        self._follow(weights[_LAST], np.zeros(SIZE, np.float32))
        self.settled(start)
        self._start = [each.past[0].copy() for each in self._convolutions]

    def __call__(self, columns: Floats) -> Floats:
        """(streams, 8, 32) -> (streams, 96), good until the next call."""
        self._convolutions[0].inlet[..., 0] = columns
        for step in self._steps:
            step()
        embeddings: Floats = self._outlet[:, 0, 0]
        return embeddings

    def settled(self, value: float) -> Floats:
        """(96,): what it says having heard nothing but `value`; every stream has then."""
        columns = np.full((len(self._outlet), HOP, BANDS), value, np.float32)
        for _ in range(_SETTLED):
            self(columns)
        embedding: Floats = self(columns)[0].copy()
        return embedding

    def reset(self, stream: int) -> None:
        for convolution, past in zip(self._convolutions, self._start, strict=True):
            convolution.past[stream] = past

    def _layer(self, number: int, weights: Mapping[str, Floats]) -> None:
        name = f"model/conv2d_{number}/Conv2D"
        self._follow(weights[f"{name}_weights_fused_bn"], weights[f"{name}_bias_fused_bn"])
        if number in _HALVES_TIME:
            pool = Pool(self._outlet, self._room, halves_time=_HALVES_TIME[number])
            self._steps.append(pool)
            self._outlet = pool.outlet

    def _follow(self, kernel: Floats, bias: Floats) -> None:
        """A convolution of what the last step gave, activated."""
        streams, columns, bands, _ = self._outlet.shape
        convolution = Convolution(kernel, bias, (streams, columns, bands), self._room)
        self._steps += [Leak(self._outlet, convolution.inlet, self._room), convolution]
        self._convolutions.append(convolution)
        self._outlet = convolution.outlet


def _first(weights: Mapping[str, Floats]) -> tuple[Floats, Floats]:
    """The first kernel and its bias, from which on it counts: max(kx + s, s) for max(x, 0)k + s.

    Its scale k, above zero, and shift s are those of the norm that follows it.
    """
    scale, shift, mean, variance = (
        weights[f"{_NORM}/{name}:0"]
        for name in (
            "ReadVariableOp",
            "ReadVariableOp_1",
            "FusedBatchNormV3/ReadVariableOp",
            "FusedBatchNormV3/ReadVariableOp_1",
        )
    )
    scale = scale / np.sqrt(variance + _EPSILON)
    return weights[_FIRST] * scale[:, np.newaxis, np.newaxis, np.newaxis], shift - mean * scale
