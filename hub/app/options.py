"""The options of the Home Assistant app (addon/config.yaml), as settings of the hub. Pure.

What is not among the options stands in the owner's own file, which they are laid over.
"""

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec

from integrations.supervisor import Broker

Settings = Mapping[str, object]
"""As a settings file holds them, before they are judged (hub.config)."""
_LONGEST = 32
_LOGIN = ("username", "password")
_SECRETS = ("password", "token", "code")
_LENT: Settings = {"speech": {"listen": "0.0.0.0"}}  # noqa: S104 - the app's own network; no port
HOME_ASSISTANT: Settings = {
    "url": "http://supervisor/core/websocket",
    "token": {"env": "SUPERVISOR_TOKEN"},
}


class CameraOption(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    url: str
    username: str | None = None
    password: str | None = None
    area: str | None = None

    def __repr__(self) -> str:
        return f"CameraOption({self.name})"


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    language: str = "auto"
    area: str | None = None
    wake_words: tuple[str, ...] = ()
    model: Literal["auto", "tiny.en", "base"] = "auto"
    sensitivity: float | None = None
    words: bool | None = None
    guest_aware: bool | None = None
    lend_speech: bool = False
    cameras: tuple[CameraOption, ...] = ()


class BadOptions(Exception):
    """An option cannot be used; says which, and what may be."""


def read(text: bytes) -> Options:
    """From the file that the Supervisor writes. Raises BadOptions."""
    try:
        return msgspec.json.decode(text, type=Options)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadOptions(f"The options of the app cannot be used: {error}.") from error


def settings(
    options: Options, broker: Broker | None, language: str, secrets: Path
) -> tuple[Settings, Mapping[str, str]]:
    """Settings, and the content of each file in `secrets` that they name. Raises BadOptions."""
    cameras, passwords = _cameras(options, secrets)
    contents = dict(passwords)
    made: dict[str, object] = {
        "language": options.language if options.language != "auto" else language,
        "home_assistant": HOME_ASSISTANT,
        "page": {"ingress": True},
    }
    if options.area:
        made["area"] = options.area
    if options.wake_words:
        made["wake"] = {"words": list(options.wake_words)}
    if options.model != "auto":
        made["asr"] = {"model": options.model}
    if options.sensitivity is not None:
        made["listen"] = {"sensitivity": options.sensitivity}
    chosen = {"words": options.words, "guest_aware": options.guest_aware}
    if privacy := {key: value for key, value in chosen.items() if value is not None}:
        made["privacy"] = privacy
    if options.lend_speech:
        made["wyoming"] = _LENT
    if broker is not None:
        made["mqtt"], secret = _mqtt(broker, secrets)
        contents |= secret
    if cameras:
        made["cameras"] = cameras
    return made, contents


def _mqtt(broker: Broker, secrets: Path) -> tuple[Settings, Mapping[str, str]]:
    made: dict[str, object] = {"host": broker.host, "port": broker.port, "tls": broker.ssl}
    if broker.username:
        made["username"] = broker.username
    if not broker.password:
        return made, {}
    return {**made, "password": {"file": str(secrets / "mqtt")}}, {"mqtt": broker.password}


def _cameras(options: Options, secrets: Path) -> tuple[Settings, Mapping[str, str]]:
    cameras: dict[str, object] = {}
    contents: dict[str, str] = {}
    for number, camera in enumerate(options.cameras, 1):
        key = _key(camera.name, number)
        if key in cameras:
            raise BadOptions(
                f"Two cameras are called {camera.name!r}: give each a name of its own."
            )
        made: dict[str, object] = {"name": camera.name, "url": camera.url}
        if camera.username:
            made["username"] = camera.username
        if camera.area:
            made["area"] = camera.area
        if camera.password:
            file = f"camera-{key}"
            made["password"] = {"file": str(secrets / file)}
            contents[file] = camera.password
        cameras[key] = made
    return cameras, contents


def _key(name: str, number: int) -> str:
    """As the settings name a camera; `number`: for a name without any letter from a to z."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    key = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:_LONGEST]
    return key or f"camera_{number}"


def laid_over(base: Settings, over: Settings) -> Settings:
    """Sections are joined; of one key that stands in both, that of `over` counts. A secret is one
    thing, and a login belongs to the address it was written for.
    """
    moved = "url" in over and "url" in base and over["url"] != base["url"]
    joined = {key: value for key, value in base.items() if not (moved and key in _LOGIN)}
    for key, value in over.items():
        below = joined.get(key)
        if isinstance(below, Mapping) and isinstance(value, Mapping) and key not in _SECRETS:
            joined[key] = laid_over(below, value)
        else:
            joined[key] = value
    return joined
