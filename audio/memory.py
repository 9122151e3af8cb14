"""Memory for sound: never swapped out where the kernel allows, in no core dump, in no child.

Each buffer is a mapping of its own. When the last array that looks into it is gone the kernel takes
it back at once and clears it: no sound lies about in freed memory.
"""

import ctypes
import mmap
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_LIBC = ctypes.CDLL(None)
_SAMPLE = 2
"""Bytes."""


@dataclass(frozen=True, slots=True)
class SoundMemory:
    """`pcm`: zeros, shape (n,). `locked`: whether it stays out of swap.

    Not locked is no failure: RLIMIT_MEMLOCK is 8 MB on most systems, 64 kB or 0 in some containers.
    """

    pcm: NDArray[np.int16]
    locked: bool


def sound_memory(samples: int) -> SoundMemory:
    """`samples` at least 1."""
    mapping = mmap.mmap(-1, samples * _SAMPLE, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    mapping.madvise(mmap.MADV_DONTDUMP)
    mapping.madvise(mmap.MADV_DONTFORK)
    pcm = np.frombuffer(mapping, np.int16)
    return SoundMemory(pcm, locked=_locked(pcm))


def _locked(pcm: NDArray[np.int16]) -> bool:
    refused: int = _LIBC.mlock(ctypes.c_void_p(pcm.ctypes.data), ctypes.c_size_t(pcm.nbytes))
    return refused == 0
