"""What works, what does not, and what to do about it: one finding for each thing that can fail."""

import asyncio
from pathlib import Path

from aiomqtt import MqttError, ProtocolVersion

from audio.portaudio import NoPortAudioError
from audio.sound_devices import listed
from hub.board import board
from hub.button.examining import button
from hub.config import Config
from hub.config_file import ConfigError, load
from hub.engines import EngineMissing, Kind, needed
from hub.eyes.section import CameraSection
from hub.family import button_settings, can_speak, engines
from hub.finding import Finding
from hub.network import SecretMissing, home_assistant, owners_code, read_secret
from hub.satellites.asking import satellite
from hub.settings import EngineChoice
from hub.shelf.errors import ShelfError
from hub.shelf.shelf import open_shelf
from hub.sound_server import server_loads_modules
from integrations.connection import MqttOptions, explain, new_client
from integrations.topics import Topics
from intents.added import load_added
from intents.documents import DocumentError
from intents.home_file import load as load_home

_PATIENCE = 6.0


async def examine(file: Path | None) -> list[Finding]:
    """All findings, in the order in which one would mend them."""
    try:
        config = load(file)
    except ConfigError as error:
        advice = "Correct these lines; `inglenook schema` lists every key."
        return [Finding("settings", "broken", str(error), advice)]
    found = Finding("settings", "works", str(file) if file else "none: the demo home is shown")
    return [
        found,
        *_board(),
        *_sound(),
        *button(button_settings(config)),
        *_engines(config),
        *_cameras(config),
        _voice(config),
        _home(config),
        *_sentences(config),
        _care(config),
        await _broker(config),
        *[await satellite(key, each) for key, each in config.satellites.items()],
        await _home_assistant(config),
        _licences(),
    ]


def _board() -> list[Finding]:
    found = board()
    if found is None:
        return []
    troubles = [Finding("board", "note", what, advice) for what, advice in found.troubles()]
    heat = f", {found.celsius:.0f} degrees" if found.celsius is not None else ""
    return troubles or [Finding("board", "works", f"{found.model}{heat}")]


def _sound() -> list[Finding]:
    try:
        devices = listed()
    except NoPortAudioError as error:
        return [Finding("sound", "note", str(error).split(" Run: ")[0], _after_run(str(error)))]
    microphones = [d.name for d in devices if d.inputs]
    speakers = [d.name for d in devices if d.outputs]
    return [
        _listed("microphone", microphones, "Plug one in, or set microphone.source: none."),
        _listed("loudspeaker", speakers, "Plug one in, or set speaker.file."),
        *_sound_server(),
    ]


def _sound_server() -> list[Finding]:
    """The one door that the seal leaves to what hears, where sound comes through such a server."""
    if not server_loads_modules():
        return []
    detail = "loads modules when asked: a program that hears could have it send sound away"
    advice = "Start it with --disallow-module-loading, or name an ALSA device (hw:...)."
    return [Finding("sound server", "note", detail, advice)]


def _listed(what: str, names: list[str], advice: str) -> Finding:
    if names:
        return Finding(what, "works", ", ".join(names))
    return Finding(what, "note", "none was found", advice)


def _engines(config: Config) -> list[Finding]:
    return [_engine(kind, engine) for kind, engine in engines(config).items()]


def _cameras(config: Config) -> list[Finding]:
    """What can be told without opening any: passwords, and files that they need."""
    return [_camera(key, section) for key, section in config.cameras.items()]


def _camera(key: str, section: CameraSection) -> Finding:
    what = f"camera {key}"
    try:
        read_secret(section.password, f"cameras.{key}.password")
    except SecretMissing as error:
        return Finding(what, "broken", str(error), "Name a file or variable that is there.")
    files = [*(look.model for look in section.looks.values()), *filter(None, [section.file])]
    missing = [str(file) for file in files if not file.is_file()]
    if missing:
        return Finding(what, "broken", f"not there: {', '.join(missing)}", "Correct the settings.")
    kind = "url" if section.url else "device" if section.device else "file"
    advice = (
        "" if section.never_see or section.zones else "inglenook cameras sketch shows its edges."
    )
    zones = f"{len(section.zones)} zones, {len(section.never_see)} areas never seen"
    return Finding(what, "works", f"by its {kind}; {zones}", advice)


def _engine(kind: Kind, chosen: EngineChoice) -> Finding:
    """Whether its library is installed and its models are on the shelf and whole."""
    what = f"{kind} {chosen.engine}"
    try:
        names = needed(kind, chosen)
        size = sum(len(content) for content in open_shelf().load(names).values())
    except (ShelfError, EngineMissing) as error:
        return Finding(what, "broken", str(error).split(" Run: ")[0], _after_run(str(error)))
    verified = f"{len(names)} model files, {size / 1e6:.0f} MB, verified"
    return Finding(what, "works", verified if names else "comes with its installed package")


def _after_run(message: str) -> str:
    _, run, command = message.rpartition("Run: ")
    return run + command if run else ""


def _voice(config: Config) -> Finding:
    if can_speak(config):
        return Finding("voice", "works", f"{config.tts.engine} speaks {config.language}")
    detail = f"{config.tts.engine} does not speak {config.language!r}: replies are shown, not said"
    return Finding("voice", "note", detail, "Set tts.engine: piper with a voice of that language.")


def _home(config: Config) -> Finding:
    if config.home.file is None:
        return Finding("home", "works", "the demo home" if config.is_demo else "Home Assistant's")
    try:
        home = load_home(config.home.file)
    except DocumentError as error:
        return Finding("home", "broken", str(error), "Correct the file.")
    return Finding("home", "works", f"{len(home.entities)} devices in {len(home.areas)} rooms")


def _sentences(config: Config) -> list[Finding]:
    """The owner's own, where there are any."""
    try:
        added = load_added(config.sentences, config.language)
    except DocumentError as error:
        return [Finding("sentences", "broken", str(error), "Correct the file.")]
    if added is None:
        return []
    return [Finding("sentences", "works", f"{len(added.own.intents)} intents in your own words")]


def _care(config: Config) -> Finding:
    try:
        code = owners_code(config)
    except SecretMissing as error:
        return Finding("care", "broken", str(error), "Put the code there.")
    rules = f"{len(config.care.rules)} rules of yours"
    return Finding("care", "works", f"{rules}; {'a code is set' if code else 'no code is set'}")


async def _broker(config: Config) -> Finding:
    section = config.mqtt
    if section.host is None:
        where = f"our own at {section.listen}:{section.port}"
        advice = "In Home Assistant choose protocol 3.1.1 for it."
        return Finding("MQTT broker", "works", where, advice if config.home_assistant else "")
    try:
        password = read_secret(section.password, "mqtt.password")
    except SecretMissing as error:
        return Finding("MQTT broker", "broken", str(error), "Put the password there.")
    options = MqttOptions(
        section.host, section.port, section.username, password, section.tls, section.ca_file
    )
    try:
        async with new_client(options, Topics(f"{config.node}_doctor"[:32]), ProtocolVersion.V311):
            return Finding("MQTT broker", "works", f"connected to {options.place}")
    except (MqttError, OSError) as error:
        return Finding("MQTT broker", "broken", explain(error, options)[1])


async def _home_assistant(config: Config) -> Finding:
    what = "Home Assistant"
    try:
        link = home_assistant(config, lambda _: None)
    except SecretMissing as error:
        return Finding(what, "broken", str(error), "Put a long-lived access token there.")
    if link is None:
        return Finding(what, "note", "not connected: automations act on what MQTT says")
    task = asyncio.ensure_future(link.run())
    try:
        async with asyncio.timeout(_PATIENCE):
            while not link.connected and not link.status.reason:  # noqa: ASYNC110 - one wait
                await asyncio.sleep(0.1)
    except TimeoutError:
        return Finding(what, "broken", f"no answer in {_PATIENCE:.0f} s", "Is its address right?")
    finally:
        task.cancel()
    if not link.connected:
        return Finding(what, "broken", link.status.reason)
    return Finding(what, "works", f"{len(link.snapshot().entities)} things are exposed to voice")


def _licences() -> Finding:
    return Finding(
        "licences",
        "note",
        "not permissive in the default install: the openWakeWord models (CC BY-NC-SA 4.0), and "
        "x264 and x265 inside PyAV's wheel (GPL)",
    )
