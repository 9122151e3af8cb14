"""Convolutions over a spectrogram that grows: each keeps the past it needs, none computes it again.

A network of these gives what it gives on the whole spectrogram, to rounding, if nothing is padded
along time and each call brings as many columns as its pools make one of.

Arrays are float32, (streams, columns, bands, channels). All are made once: a part reads its source,
and writes where the next part reads.
"""

from math import prod

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

Floats = NDArray[np.float32]


_PAGE = 2 << 20
"""Bytes of a large page."""
_LINE = 16
"""Numbers in 64 bytes, the largest line of a cache."""


class Room:
    """The memory of all parts of a network in one piece, with large pages where Linux has them.

    Between two hops a processor forgets where small pages lie. What parts use only while they work
    (`gathered`, `given`, `halved`) they use by turns, so that little is touched.
    """

    def __init__(self, kept: int, gathered: int, given: int) -> None:
        """How many numbers all parts keep; the largest convolution gathers; and gives."""
        pages = -(-4 * (kept + gathered + 2 * given) // _PAGE)
        memory = np.zeros((pages + 1) * _PAGE // 4, np.float32)
        self._free = memory[-memory.ctypes.data % _PAGE // 4 :]
        self._gathered = self.keep((gathered,))
        self._given = self.keep((given,))
        self._halved = self.keep((given,))

    def keep(self, shape: tuple[int, ...]) -> Floats:
        """Zeros that nobody else writes to."""
        size = prod(shape)
        taken, self._free = self._free[:size], self._free[-(-size // _LINE) * _LINE :]
        return taken.reshape(shape)

    def gathered(self, shape: tuple[int, ...]) -> Floats:
        return self._gathered[: prod(shape)].reshape(shape)

    def given(self, shape: tuple[int, ...]) -> Floats:
        return self._given[: prod(shape)].reshape(shape)

    def halved(self, shape: tuple[int, ...]) -> Floats:
        return self._halved[: prod(shape)].reshape(shape)


class Convolution:
    """Unpadded along time; along bands padded with nothing so that there stay as many.

    New columns are written to `inlet`; `past` are the columns kept from before; `outlet` is what
    comes of a call.
    """

    def __init__(
        self, kernel: Floats, bias: Floats, size: tuple[int, int, int], room: Room
    ) -> None:
        """`kernel`: (out, in, columns, bands) as ONNX has it; `size`: streams, columns, bands."""
        streams, columns, bands = size
        out, channels, long, wide = kernel.shape
        margin = wide // 2
        sound = room.keep((streams, long - 1 + columns, bands + 2 * margin, channels))
        self.past = sound[:, : long - 1]
        self.inlet = sound[:, long - 1 :, margin : margin + bands]
        self._newest = sound[:, columns:]
        of_stream, of_column, of_band, of_channel = sound.strides
        self._windows = as_strided(
            sound,
            (streams, columns, bands, long, wide, channels),
            (of_stream, of_column, of_band, of_column, of_band, of_channel),
        )
        self._gathered = room.gathered(self._windows.shape)
        self._kernel = room.keep((kernel.size // out, out))
        self._kernel[...] = kernel.transpose(2, 3, 1, 0).reshape(-1, out)
        self._bias = np.tile(bias, (bands, 1))
        self.outlet = room.given((streams, columns, bands, out))
        # One product a stream: below twice 262,144 multiplications OpenBLAS wakes no other thread.
        self._rows = self._gathered.reshape(streams, -1, len(self._kernel))
        self._products = self.outlet.reshape(streams, -1, out)

    def __call__(self) -> None:
        np.copyto(self._gathered, self._windows)
        np.matmul(self._rows, self._kernel, out=self._products)
        np.add(self.outlet, self._bias, out=self.outlet)
        np.copyto(self.past, self._newest)


class Pool:
    """The highest of each two bands and, if `halves_time`, of each two columns."""

    def __init__(self, source: Floats, room: Room, *, halves_time: bool) -> None:
        self._even, self._odd = source[:, :, ::2], source[:, :, 1::2]
        self._higher = room.halved(self._even.shape)
        self._pairs = (self._higher[:, ::2], self._higher[:, 1::2]) if halves_time else None
        self.outlet = room.given(self._pairs[0].shape) if self._pairs else self._higher

    def __call__(self) -> None:
        np.maximum(self._even, self._odd, out=self._higher)
        if self._pairs:
            np.maximum(*self._pairs, out=self.outlet)


class AtLeast:
    """Nothing below `least` (channels,); in place."""

    def __init__(self, source: Floats, least: Floats) -> None:
        self._source = source
        self._least = np.tile(least, (source.shape[2], 1))

    def __call__(self) -> None:
        np.maximum(self._source, self._least, out=self._source)


class Leak:
    """What is below zero to a fifth of it, but not below -0.4; from `source` into `target`."""

    def __init__(self, source: Floats, target: Floats, room: Room) -> None:
        self._source, self._target = source, target
        self._slope = np.float32(0.2)
        self._least = np.full(source.shape[2:], -0.4, np.float32)  # numpy is slower with a number
        self._leaked = room.gathered(source.shape)

    def __call__(self) -> None:
        np.multiply(self._source, self._slope, out=self._leaked)
        np.maximum(self._leaked, self._least, out=self._leaked)
        np.maximum(self._source, self._leaked, out=self._target)
