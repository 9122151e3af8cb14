"""Things that matter, and things that do not, for the tests of care."""

from datetime import datetime

from hub.asker import Asker
from hub.care.classes import Care
from hub.care.rules import CareRules, Occasion
from hub.homes.simulated import SimulatedHome
from hub.services import Call, Data
from intents.home import Area, Entity, Home

LOCK = Entity("lock.front", "Front Door", "lock", area="hall", state="locked")
BACK = Entity("lock.back", "Back Door", "lock", area="hall", state="locked")
GARAGE = Entity(
    "cover.garage",
    "Garage Door",
    "cover",
    area="garage",
    state="closed",
    attributes={"device_class": "garage"},
)
BLIND = Entity(
    "cover.blind", "Blind", "cover", state="closed", attributes={"device_class": "blind"}
)
ALARM = Entity("alarm_control_panel.home", "Alarm", "alarm_control_panel", state="armed_away")
OVEN = Entity("switch.oven", "Oven", "switch", area="kitchen", state="off")
SIREN = Entity("siren.roof", "Siren", "siren", state="off")
LAMP = Entity("light.lamp", "Lamp", "light", area="kitchen", state="off")
VALVE = Entity("valve.garden", "Garden Valve", "valve", state="closed")
HOME = Home(
    areas=(Area("hall", "Hallway"), Area("kitchen", "Kitchen"), Area("garage", "Garage")),
    entities=(LOCK, BACK, GARAGE, BLIND, ALARM, OVEN, SIREN, LAMP, VALVE),
)
NOON = datetime(2026, 11, 23, 12, 5).astimezone()
NIGHT = NOON.replace(hour=23)
SPEAKER = Asker("voice", "Kitchen")


def call(target: Entity, service: str, data: Data | None = None) -> Call:
    return Call(target.domain, service, (target,), data or {})


def care(
    target: Entity,
    service: str,
    rules: CareRules | None = None,
    asker: Asker = SPEAKER,
    now: datetime = NOON,
    data: Data | None = None,
) -> Care:
    occasion = Occasion(HOME, asker, now)
    return (rules or CareRules()).judge(call(target, service, data), target, occasion).care


def state(home: SimulatedHome, thing: Entity) -> str | None:
    return next(entity.state for entity in home.home.entities if entity.id == thing.id)
