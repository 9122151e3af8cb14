"""What a Home Assistant app asks its Supervisor: the broker, the language; and what it tells it.

The paths and answers are those of Home Assistant's developer documentation ("Apps: communication",
"Supervisor API"). Blocking.
"""

import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from uuid import UUID

import msgspec

ADDRESS = "http://supervisor"
_TIMEOUT = 10.0
_TRY_AGAIN = 3.0
_NOT_FOUND = (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND)
"""As older ones and newer ones say it."""


class NotGiven(Exception):
    """The Supervisor does not give it; says why in plain words."""


class _Refused(NotGiven):
    def __init__(self, path: str, status: int) -> None:
        super().__init__(f"The Supervisor refuses {path}: {status}.")
        self.status = status


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


class _Message(msgspec.Struct, frozen=True):
    uuid: UUID


class _Announced(msgspec.Struct, frozen=True):
    data: _Message


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

    def announce(self, service: str, config: Mapping[str, str]) -> UUID:
        """Home Assistant is told where the service is, and the message has a name; told again, it
        is the same message: there is one for each service. Raises NotGiven.
        """
        content = msgspec.json.encode({"service": service, "config": config})
        try:
            answer = self._ask("/discovery", "POST", content)
            return msgspec.json.decode(answer, type=_Announced).data.uuid
        except msgspec.MsgspecError as error:
            raise NotGiven("What the Supervisor says of what it was told is unknown.") from error

    def retract(self, message: UUID) -> None:
        """What `announce` told, and what Home Assistant made of it; where it is gone already, all
        is well. Raises NotGiven.
        """
        try:
            self._ask(f"/discovery/{message.hex}", "DELETE")
        except _Refused as error:
            if error.status not in _NOT_FOUND:
                raise

    def _get(self, path: str) -> bytes:
        return self._ask(path, "GET")

    def _ask(self, path: str, method: str, content: bytes | None = None) -> bytes:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        asked = urllib.request.Request(self.address + path, content, headers, method=method)  # noqa: S310 - http
        try:
            with urllib.request.urlopen(asked, timeout=_TIMEOUT) as answer:  # noqa: S310 - http
                found: bytes = answer.read()
                return found
        except urllib.error.HTTPError as error:
            raise _Refused(path, error.code) from error
        except (OSError, HTTPException) as error:
            raise NotGiven("The Supervisor cannot be reached.") from error
