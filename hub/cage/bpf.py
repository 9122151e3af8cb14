"""Rules about system calls, and the classic BPF programs that seccomp runs for them.

A rule names calls, optional tests of their arguments and a verdict; the first rule that fits
decides, and what no rule names is allowed. Only the lower 32 bits of an argument are tested: the
calls that `rules` tests take C ints or flags that live there.
"""

import errno
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from hub.cage.syscalls import NEWEST, NUMBERS, Machine

_LOAD, _AND, _RETURN = 0x20, 0x54, 0x06
_IF_EQUAL, _IF_GREATER = 0x15, 0x25
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
"""Offsets in struct seccomp_data (linux/seccomp.h)."""
_ERRNO = 0x0005_0000


class Verdict(Enum):
    """The value is what the program returns to the kernel."""

    ALLOWED = 0x7FFF_0000
    KILLED = 0x8000_0000
    REFUSED = _ERRNO | errno.EPERM
    CLOSED = _ERRNO | errno.EACCES
    UNKNOWN = _ERRNO | errno.ENOSYS
    """As on a kernel that lacks the call: glibc then takes the older one, which can be judged."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Fits when `argument & mask` equals `value` (or, not `equal`, differs from it)."""

    argument: int
    mask: int
    value: int
    equal: bool = True


def has_any(argument: int, bits: int) -> Condition:
    return Condition(argument, bits, 0, equal=False)


def lacks(argument: int, bits: int) -> Condition:
    return Condition(argument, bits, 0)


def equals(argument: int, value: int, mask: int = 0xFFFF_FFFF) -> Condition:
    return Condition(argument, mask, value)


def differs(argument: int, value: int) -> Condition:
    return Condition(argument, 0xFFFF_FFFF, value, equal=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """`when`: all must fit."""

    calls: tuple[str, ...]
    verdict: Verdict
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Instruction:
    """struct sock_filter: `then` and `otherwise` are instructions to skip."""

    code: int
    value: int
    then: int = 0
    otherwise: int = 0

    def packed(self) -> bytes:
        return struct.pack("=HBBI", self.code, self.then, self.otherwise, self.value)


Program = tuple[Instruction, ...]


def compiled(rules: Sequence[Rule], machine: Machine) -> Program:
    """Calls of another architecture kill; numbers beyond the known, x32's too, are unknown."""
    start = (
        Instruction(_LOAD, _ARCHITECTURE),
        Instruction(_IF_EQUAL, machine.value, then=1),
        _verdict(Verdict.KILLED),
        Instruction(_LOAD, _NUMBER),
        Instruction(_IF_GREATER, NEWEST, otherwise=1),
        _verdict(Verdict.UNKNOWN),
    )
    body = [step for rule in rules for step in _rule(rule, machine)]
    return (*start, *body, _verdict(Verdict.ALLOWED))


def _rule(rule: Rule, machine: Machine) -> Iterator[Instruction]:
    for name in rule.calls:
        number = NUMBERS[name].on(machine)
        if number is not None:
            decision = _decision(rule)
            yield Instruction(_IF_EQUAL, number, otherwise=len(decision))
            yield from decision


def _decision(rule: Rule) -> list[Instruction]:
    """With the call's number at hand before and, where nothing was decided, after it."""
    if not rule.when:
        return [_verdict(rule.verdict)]
    steps = [_verdict(rule.verdict), Instruction(_LOAD, _NUMBER)]
    for test in reversed(rule.when):
        steps = [*_test(test, miss=len(steps) - 1), *steps]
    return steps


def _test(test: Condition, miss: int) -> tuple[Instruction, ...]:
    """Goes on with the next instruction when it fits, else skips `miss` of them."""
    then, otherwise = (0, miss) if test.equal else (miss, 0)
    return (
        Instruction(_LOAD, _ARGUMENTS + 8 * test.argument),
        Instruction(_AND, test.mask),
        Instruction(_IF_EQUAL, test.value, then, otherwise),
    )


def _verdict(verdict: Verdict) -> Instruction:
    return Instruction(_RETURN, verdict.value)
