"""Medians, percentiles and tables for the benches; where their recordings lie."""

import os
import statistics
from collections.abc import Sequence
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]


def recordings_folder() -> Path:
    """`$INGLENOOK_DATA`, else where the development data usually lies."""
    return Path(os.environ.get("INGLENOOK_DATA", _ROOT.parent / "shared" / "data"))


def median(values: Sequence[float]) -> float | None:
    return round(statistics.median(values), 3) if values else None


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value that this share (0..1) of them does not exceed, the nearest that there is."""
    return round(sorted(values)[round(share * (len(values) - 1))], 3) if values else None


def ratio(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Median of first / second; noise of the machine that hits both of a pair cancels out."""
    return median([first / second for first, second in pairs])


def show(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table of Markdown."""
    print(_line(heads))
    print(_line(["---"] * len(heads)))
    for row in rows:
        print(_line(["" if cell is None else str(cell) for cell in row]))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
