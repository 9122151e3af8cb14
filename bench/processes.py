"""What a process and its children cost, read from /proc (Linux)."""

import os
from collections.abc import Mapping
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def family(launcher: int) -> Mapping[str, int]:
    """The hub's processes by name; its launcher is `launcher`."""
    return {name: pid for pid, name in members(launcher).items()}


def members(launcher: int) -> Mapping[int, str]:
    """The same with their roles, of which cameras have several."""
    children = Path(f"/proc/{launcher}/task/{launcher}/children").read_text().split()
    return {launcher: "launcher", **{int(child): _name(int(child)) for child in children}}


def _name(pid: int) -> str:
    """The process that it is: `python -m hub.cage senses` is "senses"."""
    words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    return words[words.index("hub.cage") + 1] if "hub.cage" in words else str(pid)


def cpu_seconds(pid: int) -> float:
    """Computing time so far, in user and kernel mode, of all its threads and ended children."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / _TICKS


def pss_mb(pid: int, what: str = "Pss") -> float:
    """Proportional set size: what it holds alone, and its share of what it shares; in 10^6 B.
    "Pss_Anon": what it has written itself, which other programs on the machine do not change.
    """
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith(f"{what}:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise ValueError(f"/proc/{pid}/smaps_rollup has no {what}")
