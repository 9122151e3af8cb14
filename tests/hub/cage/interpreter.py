"""Runs a classic BPF program as the kernel would: the proof for a machine that is not here.

Knows only what seccomp programs of ours use; anything else is a KeyError or an error of Python's.
"""

import struct
from collections.abc import Sequence

from hub.cage.bpf import Program, Verdict


def data(number: int, architecture: int, arguments: Sequence[int] = ()) -> bytes:
    """struct seccomp_data, for a little-endian machine."""
    padded = (*arguments, 0, 0, 0, 0, 0, 0)[:6]
    unsigned = (argument & 0xFFFF_FFFF_FFFF_FFFF for argument in padded)
    return struct.pack("<IIQ6Q", number & 0xFFFF_FFFF, architecture, 0, *unsigned)


def judged(program: Program, asked: bytes) -> Verdict:
    """Reads the packed bytes, as the kernel does, not our objects."""
    code = b"".join(step.packed() for step in program)
    steps = list(struct.iter_unpack("=HBBI", code))
    accumulator, at = 0, 0
    while True:
        operation, then, otherwise, value = steps[at]
        at += 1
        match operation:
            case 0x20:  # BPF_LD | BPF_W | BPF_ABS
                [accumulator] = struct.unpack_from("<I", asked, value)
            case 0x54:  # BPF_ALU | BPF_AND | BPF_K
                accumulator &= value
            case 0x15:  # BPF_JMP | BPF_JEQ | BPF_K
                at += then if accumulator == value else otherwise
            case 0x25:  # BPF_JMP | BPF_JGT | BPF_K
                at += then if accumulator > value else otherwise
            case 0x06:  # BPF_RET | BPF_K
                return Verdict(value)
            case _:
                raise ValueError(hex(operation))
