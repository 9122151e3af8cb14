"""The composition root of the house: makes its parts from the settings and joins them."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from hub.aliases import Aliases, AliasRefused
from hub.asker import Asker
from hub.cage.witness import witness
from hub.care.classes import Care
from hub.care.rules import CareRules, Occasion
from hub.config import Config
from hub.conversation import Means, conversation
from hub.door.door import MouthDoor, SensesDoor
from hub.eyes.of_config import views
from hub.family import permission
from hub.grammars import Grammars
from hub.guard import Guard, Watched
from hub.handing_on import Agent
from hub.homes.assistant import AssistantHome
from hub.homes.backend import Backend
from hub.homes.demo import Showcase, demo_home, withdraw
from hub.homes.patient import PatientHome
from hub.homes.published import PublishedHome
from hub.homes.seeing import SeeingHome
from hub.homes.taught import TaughtHome
from hub.household import Household
from hub.lending.lane import Lending
from hub.lines import Lines
from hub.network import home_assistant, owners_code
from hub.paths import state_folder
from hub.publisher import Publisher
from hub.requests import learn
from hub.satellites.lane import Satellites
from hub.satellites.making import make_satellites
from hub.services import Call
from hub.sight.lane import Eyes
from hub.sight.making import Wires, make_eyes
from hub.status import Status
from hub.terminal import Terminal
from hub.timekeeping import store
from hub.timekeeping.keeper import Timekeeper
from hub.timekeeping.sun import Place
from hub.timekeeping.zone import LocalClock
from hub.version import VERSION
from hub.voice import Voice
from hub.wall import Wall
from hub.why.recorder import Recorder
from hub.why.traces import FILE, NotKept, Traces
from integrations.connection import MqttOptions
from integrations.discovery import hub_discovery
from integrations.homeassistant.client import HomeAssistant
from integrations.homeassistant.mirror import Change
from integrations.mqtt import Mqtt
from integrations.payloads import WakeSensitivity
from integrations.topics import Topics
from intents.added import load_added
from intents.answers import Answers
from intents.home_file import load as load_home


@dataclass(frozen=True, slots=True)
class Parts:
    """What a running house is made of. `link`, `patient` and `showcase`: only where the home is
    such a one; `eyes`: only where there are cameras.
    """

    household: Household
    guard: Guard
    mqtt: Mqtt
    link: HomeAssistant | None
    patient: PatientHome | None
    showcase: Showcase | None
    eyes: Eyes | None
    satellites: Satellites | None


def build(
    config: Config,
    broker: MqttOptions,
    lines: Lines,
    voice: Voice,
    watched: Watched,
    terminal: Terminal,
) -> Parts:
    """Raises SecretMissing, and DocumentError for a home or sentences that cannot be read."""
    topics = Topics(config.node, config.mqtt.discovery_prefix, config.mqtt.hermes)
    mqtt = Mqtt(broker, topics, terminal.note)
    link = home_assistant(config, lambda change: _changed(parts.household, change))
    showcase = Showcase(demo_home(), mqtt, topics) if config.is_demo and link is None else None
    rules = config.care.care_rules()
    patient = _patient(link, rules) if link is not None else None
    aliases = _aliases(terminal)
    backend: Backend = TaughtHome(patient or _backend(config, showcase), aliases)
    if config.cameras:
        backend = SeeingHome(backend, lambda home: views(config, home))
    publisher = Publisher(mqtt, topics)
    added = load_added(config.sentences, config.language)
    grammars = Grammars(config.language, added=added)
    door = SensesDoor(config.language, permission(config), grammars)
    recorder = _recorder(config, terminal.note)
    guard = _guard(watched, door, publisher, terminal)
    wires = Wires(
        to_eye=lines.eye,
        to_launcher=lines.launcher,
        to_senses=lines.senses,
        publish=mqtt.publish,
        home=lambda: backend.home,
        closed=guard.closed,
        tell=terminal.note,
    )
    eyes = make_eyes(config, topics, wires)
    means = Means(
        timekeeper=_timekeeper(config, grammars, link, terminal),
        rules=rules,
        code=owners_code(config),
        why=lambda asker: recorder.explained(asker.area, config.language),
        teach=lambda phrase, thing: _teach(parts.household, phrase, thing),
        agent=_agent(config, link),
        eyes=eyes,
        guest_aware=config.privacy.guest_aware,
    )
    household = Household(
        conversation=conversation(config.language, backend, grammars, means),
        voice=voice,
        publisher=publisher,
        terminal=terminal,
        status=Status(satellites_alone=config.microphone.source == "none"),
        lines=lines,
        door=door,
        why=recorder,
        aliases=aliases,
        sensitivity=config.listen.sensitivity,
    )
    parts = Parts(
        household=household,
        guard=guard,
        mqtt=mqtt,
        link=link,
        patient=patient,
        showcase=showcase,
        eyes=eyes,
        satellites=make_satellites(config, guard, publisher, household, terminal.note),
    )
    guard.lending = _lending(config, guard, parts.household, terminal)
    _present(config, topics, parts)
    return parts


def _present(config: Config, topics: Topics, parts: Parts) -> None:
    """The hub, and the demo home where that is shown, to Home Assistant."""
    hub = hub_discovery(
        topics,
        name=config.name,
        version=VERSION,
        area=config.area,
        satellites=tuple(config.satellites),
    )
    parts.mqtt.publish(hub)
    parts.household.publisher.state(WakeSensitivity(value=config.listen.sensitivity))
    if parts.showcase:
        parts.showcase.publish()
    else:
        withdraw(parts.mqtt, topics)


def _guard(watched: Watched, door: SensesDoor, publisher: Publisher, terminal: Terminal) -> Guard:
    wall = Wall(watched.sealed, witness)
    return Guard(wall, watched.ledger, door, MouthDoor(), publisher.state, terminal.note)


def _lending(
    config: Config, guard: Guard, household: Household, terminal: Terminal
) -> Lending | None:
    lent = config.wyoming.speech if config.wyoming is not None else None
    if lent is None:
        return None
    lending = Lending(lent, guard.ledger, guard.closed, household.note, terminal.note)
    guard.watch(lending.door.refusals)
    return lending


def _aliases(terminal: Terminal) -> Aliases:
    aliases = Aliases(state_folder() / "aliases.json")
    if aliases.problem:
        terminal.note(aliases.problem)
    return aliases


def _timekeeper(
    config: Config, grammars: Grammars, link: HomeAssistant | None, terminal: Terminal
) -> Timekeeper:
    return Timekeeper(
        Answers(config.language, grammars.responses),
        config.language,
        store.File(state_folder() / store.FILE, terminal.note),
        lambda: _place(config, link),
        terminal.note,
    )


def _place(config: Config, link: HomeAssistant | None) -> Place | None:
    """As the settings say, else as Home Assistant does."""
    found = config.location or (link.snapshot().place if link is not None else None)
    return Place(found.latitude, found.longitude) if found is not None else None


def _recorder(config: Config, report: Callable[[str], None]) -> Recorder:
    """Where the owner wants nothing kept, what was kept before is deleted."""
    traces = Traces(state_folder() / FILE)
    if not config.privacy.traces:
        try:
            traces.forget()
        except NotKept as error:
            report(str(error))
    return Recorder(traces if config.privacy.traces else None, time.time, report)


def _teach(household: Household, phrase: str, thing: str) -> None:
    """What was meant is done all the same where the name is refused."""
    with suppress(AliasRefused):
        learn(household, phrase, thing)


def _agent(config: Config, link: HomeAssistant | None) -> Agent | None:
    """Only where the owner says so."""
    allowed = config.home_assistant is not None and config.home_assistant.agent
    if link is None or not allowed:
        return None
    home = AssistantHome(link)
    return lambda text: home.converse(text, config.language)


def _changed(household: Household, change: Change) -> None:
    if change is not Change.STATES:
        household.home_changed()


def _patient(link: HomeAssistant, rules: CareRules) -> PatientHome:
    """Only what anybody may have at any time, a guest too, may wait."""
    home, now = AssistantHome(link), LocalClock()

    def is_free(call: Call) -> bool:
        occasion = Occasion(home.home, Asker("timer"), now())
        found = [rules.judge(call, target, occasion) for target in call.targets]
        return all(judgement.care < Care.CONFIRM for judgement in found)

    return PatientHome(home, is_free, time.monotonic)


def _backend(config: Config, showcase: Showcase | None) -> Backend:
    if showcase is not None:
        return showcase.backend
    assert config.home.file is not None
    return PublishedHome(load_home(config.home.file))
