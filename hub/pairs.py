"""Two processes that are started together and end together: neither is of use alone."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field

from hub.children import Child


@dataclass
class Pair(ABC):
    """`children`: one or two. `wanted`: they are to run."""

    children: tuple[Child, ...]
    wanted: bool = field(default=False, kw_only=True)

    @abstractmethod
    def start(self, now: float, started: Callable[[Child, int], None]) -> None:
        """`started` is told each child, and a descriptor that becomes readable when it ends."""

    def due(self, now: float) -> bool:
        idle = all(child.process is None for child in self.children)
        return self.wanted and idle and now >= max(c.retry_at or 0.0 for c in self.children)

    def waits_until(self) -> float | None:
        """When it is to be tried again; None while it runs, or is not wanted."""
        if not self.wanted or any(child.process is not None for child in self.children):
            return None
        return max(child.retry_at or 0.0 for child in self.children)

    def ended(self, child: Child) -> None:
        """Its other half is of no use without it."""
        for other in self.children:
            if other is not child and other.process is not None:
                other.stop()

    def want(self, wanted: bool) -> None:  # noqa: FBT001 - open or not is what it is
        self.wanted = wanted
        for child in self.children if not wanted else ():
            child.stop()
            child.retry_at, child.failures = None, 0
