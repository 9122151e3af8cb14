"""How much care an action takes, from none to refusal; the higher, the stricter."""

from enum import IntEnum


class Care(IntEnum):
    FREE = 0
    """Done at once."""
    READ_BACK = 1
    """Done at once, and the answer says exactly what."""
    CONFIRM = 2
    """Done after a yes."""
    CODE = 3
    """Done after a code given on a second device; never after words alone."""
    NEVER = 4
    """Not done, however it is asked for."""

    @property
    def word(self) -> str:
        """As it is written in the settings."""
        return self.name.lower()
