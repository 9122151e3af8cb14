"""The last step before a process listens or speaks: sealed and tried from inside, or not at all."""

from hub.cage.escapes import try_all
from hub.cage.rules import Role
from hub.cage.seal import Level, seal


class NotSealed(Exception):
    """The wall does not stand; a process that would hear must stay deaf."""


def closed(role: Role, only: tuple[int, ...] = ()) -> Level:
    """`only`: as hub.cage.rules. Raises NotSealed with plain words: which wall is missing, or which
    escape succeeded.
    """
    sealed = seal(role, only)
    if sealed.level is None:
        raise NotSealed(f"{sealed} So it stays closed.")
    if escaped := try_all(role):
        names = "; ".join(str(escape) for escape in escaped)
        raise NotSealed(f"{role.value} is not sealed: {names}. So it stays closed.")
    return sealed.level
