"""What can go wrong with Home Assistant, each as a type and in plain words."""


class BadAddress(ValueError):
    """The address the owner gave is not one of a Home Assistant."""


class CallError(Exception):
    """A service call that is not known to have been done."""


class NotConnected(CallError):
    """There is no connection now, or it was lost before Home Assistant confirmed the call."""


class CallRefused(CallError):
    """Home Assistant said no; the message is its own."""


class CallTimedOut(CallError):
    """Home Assistant has not confirmed in time; it may still do what was asked."""


class Lost(Exception):
    """The connection could not be made or has ended; trying again is right."""


class Refused(Exception):
    """Home Assistant does not let us in; trying again soon is useless, the owner must act."""


class CommandRefused(Exception):
    """One command was answered with an error; `code` is one of Home Assistant's error codes."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message or code)
        self.code = code
