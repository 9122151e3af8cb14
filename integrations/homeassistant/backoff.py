"""How long to wait before trying again. Pure: luck is an argument."""

FIRST = 1.0
LONGEST = 30.0


def wait(attempt: int, luck: float) -> float:
    """Seconds before attempt number `attempt` (0 is the first retry): 1 to 30, doubling.

    `luck` (0 to 1) spreads it over the upper half, so that a street of hubs does not knock at once.
    """
    doubled = min(FIRST * 2.0 ** min(attempt, 10), LONGEST)
    return max(FIRST, doubled * (0.5 + 0.5 * luck))
