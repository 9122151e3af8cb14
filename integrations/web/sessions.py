"""Who is signed in: sessions in memory, gone with the process. Pure but for chance."""

import hmac
import secrets
from dataclasses import dataclass, field

from integrations.web.limits import Limit

LASTS = 30 * 86_400.0
"""Seconds: a tablet on a wall need not ask every day."""
_MOST = 32
"""The oldest makes room."""


@dataclass
class Sessions:
    """`password` None: whoever gets this far may do everything."""

    password: str | None = field(default=None, repr=False)
    attempts: Limit = field(default_factory=lambda: Limit(5, 30.0))
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    """What the page sends with all that is to be done: a page from elsewhere cannot read it."""
    _until: dict[str, float] = field(default_factory=dict, repr=False)

    def may(self, session: str | None, now: float) -> bool:
        return self.password is None or self._until.get(session or "", 0.0) > now

    def has_token(self, given: str | None) -> bool:
        return _same(given or "", self.token)

    def sign_in(self, given: str, now: float) -> str | None:
        """A new session; None for a wrong password. Ask `attempts` before."""
        if self.password is None or not _same(given, self.password):
            return None
        while len(self._until) >= _MOST:
            del self._until[next(iter(self._until))]
        session = secrets.token_urlsafe(24)
        self._until[session] = now + LASTS
        return session

    def sign_out(self, session: str | None) -> None:
        self._until.pop(session or "", None)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(errors="replace"), other.encode())
