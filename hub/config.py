"""The settings: one YAML file, every key optional, none unknown. Validation probes nothing."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    Tag,
    create_model,
    field_validator,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError

from hub.button.section import ButtonSection
from hub.care.section import CareSection
from hub.engines import Kind, engine_names, engine_options
from hub.eyes.section import CameraSection, Key
from hub.keep.errors import BadRecipient
from hub.keep.owner import recipient
from hub.keep.settings import MOST_DAYS, MOST_HOURS
from hub.lending.section import Speech
from hub.page.section import PageSection
from hub.satellites.section import MOST_SATELLITES, SatelliteSection
from hub.section import Name, Secret, Section
from intents.languages import LANGUAGES, UnknownLanguageError, known

Share = Annotated[float, Field(ge=0, le=1)]
Port = Annotated[int, Field(ge=1, le=65_535)]
Node = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,32}$")]


class EngineSection(Section):
    """`engine` names a file in audio/ or vision/; the other keys are that file's own options."""

    engine: str

    def options(self) -> dict[str, Any]:
        return self.model_dump(exclude={"engine"}, exclude_unset=True)


@dataclass(frozen=True)
class Engines:
    """Makes a field accept every engine of one kind, each with exactly its own options."""

    kind: Kind
    default: str

    def __get_pydantic_core_schema__(
        self, _source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        choices = [Annotated[self._model(name), Tag(name)] for name in engine_names(self.kind)]
        return handler.generate_schema(Annotated[reduce(or_, choices), Discriminator(self._engine)])

    def _engine(self, value: object) -> object:
        if isinstance(value, dict):
            return value.get("engine", self.default)
        return getattr(value, "engine", self.default)

    def _model(self, name: str) -> type[EngineSection]:
        fields: dict[str, Any] = {"engine": (Literal[name], name)}
        for option in engine_options(self.kind, name):
            if option.name != "language":  # the whole hub has one language
                info = Field(default=option.default, description=option.description or None)
                fields[option.name] = (option.type, info)
        return create_model(f"{self.kind}_{name}", __base__=EngineSection, **fields)


class Listen(Section):
    silence: Annotated[float, Field(ge=0.2, le=3)] = 1.5
    """Seconds of silence that end an unfinished sentence; a command ends after 0.2 s, one that
    should not be done in haste after 0.6 s."""
    no_speech: Annotated[float, Field(ge=1, le=30)] = 5.0
    """Seconds to wait for the first word."""
    longest: Annotated[float, Field(ge=3, le=28)] = 15.0
    """Seconds after which a command is cut."""
    voices: Literal["everyone", "enrolled"] = "everyone"
    """Whose wake word counts; enrolled: that of people who ran `inglenook wake enrol`."""
    presence: bool = False
    """Whether a wake word that is not clear is left unheeded while a camera of this room
    (`cameras: ... area`) sees nobody. A clear one never is; nor is any where no camera can tell."""
    sensitivity: Share = 0.5
    """How easily the wake word is taken; Home Assistant may change it while the hub runs."""


class Microphone(Section):
    device: str | int | None = None
    """Name (or part of it) or number, as `inglenook devices` prints them; the system's default."""
    source: Literal["auto", "microphone", "none"] = "auto"
    """auto: the microphone, or in the demo home without one, sample commands."""
    files: tuple[Path, ...] = ()
    """Recordings that are played, once, instead of a microphone."""


class Speaker(Section):
    device: str | int | None = None
    """As of the microphone."""
    file: Path | None = None
    """Write what is said to this WAV file instead of playing it."""
    earcons: bool = True
    """Whether short sounds tell that it was woken, or has not understood."""


class Mqtt(Section):
    host: str | None = None
    """Without it an embedded broker is started on this machine."""
    port: Port = 1883
    """Of the broker, whoever's it is."""
    username: str | None = None
    """Of an account at the broker; for an embedded one, the account that others need."""
    password: Secret | None = None
    """Of that account, named and never written here."""
    tls: bool = False
    """Whether the connection to the broker is encrypted."""
    ca_file: str | None = None
    """Certificate of the broker's authority, where this machine does not know it."""
    listen: str = "127.0.0.1"
    """Address at which an embedded broker listens; another needs a username and a password."""

    @model_validator(mode="after")
    def _guarded(self) -> Self:
        ours = self.host is None and self.listen not in ("127.0.0.1", "::1", "localhost")
        if ours and not (self.username and self.password):
            raise PydanticCustomError(
                "open", "a broker that others can reach needs a username and a password"
            )
        return self

    discovery_prefix: Annotated[str, Field(pattern=r"^[^+#/\s]+(/[^+#/\s]+)*$")] = "homeassistant"
    """Topic under which Home Assistant finds devices, where it is not the usual one."""
    hermes: bool = False
    """Whether Rhasspy's topics (hermes/...) are spoken too, with the node as siteId: text alone."""


class Wyoming(Section):
    """Home Assistant's Assist, and others, may ask in text, by the Wyoming protocol."""

    port: Port = 10700
    """Where it listens."""
    listen: str = "127.0.0.1"
    """Address at which it listens. The protocol knows no password: whoever reaches it may ask."""
    speech: Speech | None = None
    """Ears and a voice for those who bring their own sound. Off without it."""

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if self.speech is not None and self.speech.port == self.port:
            raise PydanticCustomError("port", "wyoming and wyoming.speech need a port each")
        return self


class HomeAssistant(Section):
    url: Annotated[str, Field(pattern=r"^https?://\S+$")]
    """As you open it in a browser: http://homeassistant.local:8123."""
    token: Secret
    """A long-lived access token of a user there, named and never written here."""
    agent: bool = False
    """Whether its own conversation agent is asked typed sentences that are not understood here:
    what it does with them, it does past the rules of care."""


class HomeSection(Section):
    file: Path | None = None
    """A home in YAML, for automations on MQTT alone; without it Home Assistant's, or the demo."""


class Location(Section):
    """Where the house stands, for sunrise and sunset; without it Home Assistant says so."""

    latitude: Annotated[float, Field(ge=-90, le=90)]
    """Degrees north."""
    longitude: Annotated[float, Field(ge=-180, le=180)]
    """Degrees east."""


class Privacy(Section):
    words: bool = True
    """Whether the words of an accepted command may leave the process that heard them."""
    open_text: bool = True
    """Whether free text ("add milk", "tell everyone that ...") may: without it, such commands are
    not understood when spoken.
    """
    guest_aware: bool = False
    """Whether lists, plans, locks and who was where are kept from those who ask in a room whose
    camera sees anybody that is not known by name, or cannot tell."""
    traces: bool = True
    """Whether the last turns are kept, a week at most, so that `inglenook why` can explain them."""


class RecordingsSection(Section):
    to: str
    """Your public key, as age-keygen prints it: only your identity file can open them."""
    hours: Annotated[float, Field(gt=0, le=MOST_HOURS)] = 1
    """After that, recording ends by itself."""
    keep_days: Annotated[float, Field(gt=0, le=MOST_DAYS)] = MOST_DAYS
    """After that, a recording is deleted."""

    @field_validator("to")
    @classmethod
    def _key(cls, to: str) -> str:
        try:
            recipient(to)
        except BadRecipient as error:
            raise PydanticCustomError("key", "{why}", {"why": str(error)}) from error
        return to


class Debug(Section):
    recordings: RecordingsSection | None = None
    """Keep the sound of commands, encrypted to you, once the hub is started with --record."""


class Config(Section):
    node: Node = "inglenook"
    """Names this hub in MQTT topics."""
    name: Name = "Inglenook"
    """What people see in Home Assistant."""
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z]{2,4})?$")] = "en"
    """Which it understands, and speaks where it has a voice of it."""
    area: Name | None = None
    """The room this hub stands in."""
    location: Location | None = None
    """Where the house stands, for sunrise and sunset; without it Home Assistant says so."""
    sentences: tuple[Path, ...] = ()
    """Sentences of your own, in Home Assistant's format: files, or a folder such as its
    custom_sentences."""
    microphone: Microphone = Microphone()
    """What it hears with."""
    speaker: Speaker = Speaker()
    """What it speaks with."""
    button: ButtonSection = ButtonSection()
    """What mutes it by hand, and what shows that it is muted."""
    listen: Listen = Listen()
    """When a command begins and ends, and whose counts."""
    wake: Annotated[EngineSection, Engines("wake", "openwakeword")] = EngineSection(
        engine="openwakeword"
    )
    """What knows the wake word."""
    vad: Annotated[EngineSection, Engines("vad", "silero")] = EngineSection(engine="silero")
    """What tells speech from silence."""
    asr: Annotated[EngineSection, Engines("asr", "whisper")] = EngineSection(engine="whisper")
    """What writes speech down."""
    tts: Annotated[EngineSection, Engines("tts", "hibari")] = EngineSection(engine="hibari")
    """What speaks."""
    cameras: dict[Key, CameraSection] = Field(default={})
    """Each by a key of small letters, digits and underscores."""
    satellites: Annotated[dict[Key, SatelliteSection], Field(max_length=MOST_SATELLITES)] = Field(
        default={}
    )
    """Microphones and loudspeakers in other rooms, each by a key as of a camera."""
    detect: Annotated[EngineSection, Engines("detect", "yolox")] = EngineSection(engine="yolox")
    """What finds people and things in pictures."""
    mqtt: Mqtt = Mqtt()
    """The broker to which it tells what it understood."""
    home_assistant: HomeAssistant | None = None
    """The home that it acts on. Without it automations act on what MQTT says."""
    wyoming: Wyoming | None = None
    """Asked in text, by Home Assistant's Assist and others. Off without it."""
    home: HomeSection = HomeSection()
    """The home where there is no Home Assistant."""
    privacy: Privacy = Privacy()
    """What may be told and kept."""
    care: CareSection = CareSection()
    """What is done at once, what after a yes or a code, and what never."""
    page: PageSection | None = None
    """The local page. Off without it: whoever uses this machine could open it."""
    debug: Debug = Debug()
    """For finding out why it hears badly."""

    @field_validator("language")
    @classmethod
    def _spoken(cls, language: str) -> str:
        try:
            return known(language)
        except UnknownLanguageError as error:
            raise PydanticCustomError(
                "language", "allowed: {known}", {"known": ", ".join(LANGUAGES)}
            ) from error

    @model_validator(mode="after")
    def _has_a_referee(self) -> Self:
        rooms = {camera.area for camera in self.cameras.values()} - {None}
        if self.listen.presence and self.area not in rooms:
            raise PydanticCustomError(
                "presence", "listen.presence needs the hub's area, and a camera with that area"
            )
        return self

    @property
    def is_demo(self) -> bool:
        """Nothing says which home this is: the demo home is shown."""
        return self.home_assistant is None and self.home.file is None
