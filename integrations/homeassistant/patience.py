"""How long the client waits for what, in one place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """All in seconds."""

    answer: float = 10.0
    """For one answer of Home Assistant."""
    refused: float = 300.0
    """Before a refused token is shown again: each try puts a warning on the owner's screen."""
    look: float = 5.0
    """Between looks whether the owner has given another token."""
    settle: float = 0.2
    """For the rest of a burst of changes."""
    rest: float = 1.0
    """Between two readings of everything: a starting Home Assistant changes all the time."""
    exposure: float = 60.0
    """Between looks at what is exposed: no event tells it of entities without a registry entry."""
