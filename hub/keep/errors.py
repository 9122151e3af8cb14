"""What can be wrong with what was kept; each message says what to do."""


class KeepError(Exception):
    """The base of the errors below, for who only tells them."""


class Damaged(KeepError):
    """It was changed, cut off, exchanged, or its key is another's."""


class NoSuchPerson(KeepError):
    """Nobody is enrolled under this id, or no longer."""


class BadExample(KeepError):
    """An example or a name that cannot be one."""


class BadRecipient(KeepError):
    """The settings name no public key of age."""


class BadIdentity(KeepError):
    """The file holds no identity of age."""


class Garbled(KeepError):
    """The pipe holds something that senses does not write."""
