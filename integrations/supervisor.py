"""What a Home Assistant app asks its Supervisor before it starts: the broker, the language.

The paths and answers are those of Home Assistant's developer documentation ("Apps: communication",
"Supervisor API"). Blocking: there is nothing else to do yet.
"""

import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException

import msgspec

ADDRESS = "http://supervisor"
_TIMEOUT = 10.0
_TRY_AGAIN = 3.0


class NotGiven(Exception):
    """The Supervisor does not give it; says why in plain words."""


class Broker(msgspec.Struct, frozen=True):
    """The service mqtt, as the Supervisor hands it on."""

    host: str
    port: int
    username: str | None = None
    password: str | None = msgspec.field(default=None)
    ssl: bool = False

    def __repr__(self) -> str:
        return f"Broker({self.host}:{self.port})"


class _Service(msgspec.Struct, frozen=True):
    data: Broker


class _Core(msgspec.Struct, frozen=True):
    language: str


@dataclass(frozen=True, slots=True)
class Supervisor:
    token: str
    address: str = ADDRESS

    def broker(self) -> Broker:
        """Raises NotGiven: where no app offers one, too."""
        try:
            return msgspec.json.decode(self._get("/services/mqtt"), type=_Service).data
        except msgspec.MsgspecError as error:
            raise NotGiven("What the Supervisor says of its MQTT broker is no broker.") from error

    def language(self, patience: float) -> str:
        """Of Home Assistant, which may still be starting: seconds to wait. Raises NotGiven."""
        deadline = time.monotonic() + patience
        while True:
            try:
                return msgspec.json.decode(self._get("/core/api/config"), type=_Core).language
            except (NotGiven, msgspec.MsgspecError) as error:
                if time.monotonic() + _TRY_AGAIN > deadline:
                    raise NotGiven("Home Assistant does not tell its language.") from error
            time.sleep(_TRY_AGAIN)

    def _get(self, path: str) -> bytes:
        headers = {"Authorization": f"Bearer {self.token}"}
        asked = urllib.request.Request(self.address + path, headers=headers)  # noqa: S310 - http
        try:
            with urllib.request.urlopen(asked, timeout=_TIMEOUT) as answer:  # noqa: S310 - http
                content: bytes = answer.read()
                return content
        except urllib.error.HTTPError as error:
            raise NotGiven(f"The Supervisor refuses {path}: {error.code}.") from error
        except (OSError, HTTPException) as error:
            raise NotGiven("The Supervisor cannot be reached.") from error
