"""What a Home Assistant app does before the hub runs: settings from what is there, models."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from hub.app.options import BadOptions, Options, Settings, laid_over, read, settings
from hub.config import Config
from hub.config_file import Lines, as_section, judged, parsed, text_of
from hub.engines import needed
from hub.family import can_speak, engines
from hub.shelf.fetch import pull
from hub.shelf.progress import Progress
from hub.shelf.shelf import open_shelf
from integrations.supervisor import Broker, NotGiven, Supervisor
from intents.languages import UnknownLanguageError, known

_PATIENCE = 60.0
"""Seconds for Home Assistant to say its language, which may be starting as well."""


@dataclass(frozen=True, slots=True)
class Place:
    """`options`: what the Supervisor writes; `own`: what the owner may write beside; `run`: gone
    with the container, for what is made of both and for passwords; `announced`: what the
    Supervisor was told (hub.app.announcing).
    """

    options: Path = Path("/data/options.json")
    own: Path = Path("/config/inglenook.yaml")
    run: Path = Path("/run/inglenook")
    announced: Path = Path("/data/state/announced")

    @property
    def over(self) -> Path:
        """What is laid over the owner's own, for who changes that later."""
        return self.run / "options.yaml"


def written(place: Place, supervisor: Supervisor, patience: float = _PATIENCE) -> Path:
    """The settings of the hub, in a file. Raises BadOptions, ConfigError."""
    place.run.mkdir(mode=0o700, parents=True, exist_ok=True)
    options = _options(place.options)
    own, lines = _own(place.own)
    language = _language(options, own, supervisor, patience)
    mqtt = own.get("mqtt")
    has_broker = isinstance(mqtt, Mapping) and "host" in mqtt
    broker = None if has_broker else _broker(supervisor)
    made, secrets = settings(options, broker, language, place.run / "secrets")
    for name, content in secrets.items():
        _write(place.run / "secrets" / name, content)
    joined = dict(laid_over(own, made))
    judged(place.own, joined, lines)  # so that a mistake is told with its line
    _write(place.over, yaml.safe_dump(dict(made), allow_unicode=True))
    file = place.run / "inglenook.yaml"
    _write(file, yaml.safe_dump(joined, allow_unicode=True))
    return file


def fetch_models(config: Config) -> None:
    """Those that are not there yet. Raises EngineMissing, hub.shelf's errors."""
    shelf = open_shelf()
    chosen = {k: each for k, each in engines(config).items() if k != "tts" or can_speak(config)}
    files = [shelf.manifest.file(name) for k, each in chosen.items() for name in needed(k, each)]
    if any(camera.faces for camera in config.cameras.values()):
        files += shelf.manifest.members(["faces"])
    missing = [file for file in files if shelf.state(file) != "here"]
    if missing:
        say("Fetching the models; this is done once.")
        for _ in pull(shelf, missing, Progress(sys.stderr)):
            pass  # each tells of itself


def _options(file: Path) -> Options:
    try:
        return read(file.read_bytes())
    except OSError as error:
        raise BadOptions(f"{file} cannot be read: {error.strerror}.") from error


def _own(file: Path) -> tuple[Settings, Lines]:
    """With where each key stands. Raises ConfigError."""
    if not os.path.lexists(file):
        return {}, {}
    found, lines = parsed(file, text_of(file))
    return as_section(file, found), lines


def _language(options: Options, own: Settings, supervisor: Supervisor, patience: float) -> str:
    """The option, the owner's file, Home Assistant's; English where that is none we speak."""
    if options.language != "auto":
        return options.language
    if "language" in own:
        return str(own["language"])
    try:
        return known(supervisor.language(patience))
    except NotGiven as error:
        say(f"{error} The hub speaks English; choose another in the app's options.")
    except UnknownLanguageError as error:
        say(f"{error} The hub speaks English.")
    return "en"


def _broker(supervisor: Supervisor) -> Broker | None:
    try:
        return supervisor.broker()
    except NotGiven:
        say(
            "Home Assistant has no MQTT broker. Install the Mosquitto app and restart this one; "
            "until then the hub hears and acts, and shows nothing in Home Assistant."
        )
        return None


def _write(file: Path, content: str) -> None:
    """Readable by us alone."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(content)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201 - the app's log is our standard error
