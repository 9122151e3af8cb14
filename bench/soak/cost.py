"""What each process of the hub costs over a long run: memory, files, threads, computing."""

import asyncio
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import numpy as np

from bench.processes import cpu_seconds, members, pss_mb

EVERY = 10.0
_WARM = 0.1
"""Share of the run after which memory is expected to stand still."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Of one process; `own`: what of `pss` it has written; `cpu`: seconds of computing so far."""

    at: float
    pid: int
    role: str
    pss: float
    own: float
    files: int
    threads: int
    cpu: float


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """`pss`, `own`, `files`, `threads`: medians of the first and the last quarter, then the most
    there ever were; MB. `hour`: MB by which `own` grows in an hour, by a straight line through all
    but the first tenth. `cpu`: per cent of a core.
    """

    process: str
    pss: str
    own: str
    hour: float
    files: str
    threads: str
    cpu: float
    restarts: int


@dataclass
class Sampler:
    launcher: int
    samples: list[Sample] = field(default_factory=list)

    async def follow(self) -> None:
        """For ever."""
        while True:
            self.look()
            await asyncio.sleep(EVERY)

    def look(self) -> None:
        now = time.time()
        with suppress(OSError):
            for pid, role in members(self.launcher).items():
                with suppress(OSError, ValueError):
                    self.samples.append(_sample(now, pid, role))


def _sample(now: float, pid: int, role: str) -> Sample:
    """Raises OSError, where it has just ended."""
    place = Path(f"/proc/{pid}")
    files, threads = (len(list((place / each).iterdir())) for each in ("fd", "task"))
    return Sample(
        now, pid, role, pss_mb(pid), pss_mb(pid, "Pss_Anon"), files, threads, cpu_seconds(pid)
    )


def costs(samples: Sequence[Sample]) -> list[Cost]:
    """Of each role (of several cameras together), then of all."""
    roles = list(dict.fromkeys(each.role for each in samples))
    return [
        *(_cost(role, [each for each in samples if each.role == role]) for role in roles),
        _cost("all", samples),
    ]


def _cost(name: str, samples: Sequence[Sample]) -> Cost:
    seconds = samples[-1].at - samples[0].at
    pids = {each.pid for each in samples}
    at_once = len([each for each in samples if each.at == samples[0].at])
    own = _sums(samples, lambda each: each.own)
    return Cost(
        process=name,
        pss=_counted(_sums(samples, lambda each: each.pss), 1),
        own=_counted(own, 1),
        hour=round(growth(own), 1),
        files=_counted(_sums(samples, lambda each: each.files)),
        threads=_counted(_sums(samples, lambda each: each.threads)),
        cpu=round(100 * sum(_used(samples, pid) for pid in pids) / max(1.0, seconds), 1),
        restarts=len(pids) - at_once,
    )


def _used(samples: Sequence[Sample], pid: int) -> float:
    own = [each.cpu for each in samples if each.pid == pid]
    return own[-1] - own[0]


Line = list[tuple[float, float]]


def _sums(samples: Sequence[Sample], of: Callable[[Sample], float]) -> Line:
    found: dict[float, float] = defaultdict(float)
    for each in samples:
        found[each.at] += of(each)
    return sorted(found.items())


def _quarters(line: Line) -> tuple[float, float]:
    values = [value for _, value in line]
    size = max(1, len(values) // 4)
    return statistics.median(values[:size]), statistics.median(values[-size:])


def _counted(line: Line, digits: int = 0) -> str:
    shown = (*_quarters(line), max(value for _, value in line))
    return " / ".join(f"{each:.{digits}f}" for each in shown)


def growth(line: Line) -> float:
    """By the hour."""
    warm = line[round(len(line) * _WARM) :]
    if len(warm) < 2:
        return 0.0
    moments, values = np.array(warm).T
    return float(np.polyfit((moments - moments[0]) / 3600, values, 1)[0])
