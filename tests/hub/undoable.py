"""Random homes, and random wishes for them, for tests of undoing."""

from hypothesis import strategies as st

from intents.home import Attribute, Entity, Home
from intents.wishes import Slot, Wish

Attributes = dict[str, Attribute]
PERCENT = st.integers(1, 100)
BYTE = st.integers(1, 255)
RGB = st.tuples(BYTE, BYTE, BYTE)
KELVIN = st.integers(2000, 6500)
ITEMS = st.lists(st.sampled_from(["milk", "Bread", "eggs", "milk"]), max_size=4).map(tuple)
STEP = st.integers(-100, 100)
ONE = "x.one"


def _entity(domain: str, state: str, attributes: Attributes | None = None) -> Entity:
    return Entity(ONE, ONE, domain, state=state, attributes=attributes or {})


@st.composite
def lights(draw: st.DrawFn) -> Entity:
    brightness: Attributes = {"brightness": draw(BYTE)}
    colors: Attributes = {"rgb_color": draw(RGB), "color_temp_kelvin": None}
    whites: Attributes = {"rgb_color": None, "color_temp_kelvin": draw(KELVIN)}
    color: Attributes = draw(st.sampled_from([{}, colors, whites]))
    return _entity("light", draw(st.sampled_from(["on", "off"])), {**brightness, **color})


@st.composite
def fans(draw: st.DrawFn) -> Entity:
    speed: Attributes = {"percentage": draw(PERCENT)}
    preset: Attributes = draw(st.sampled_from([{}, {"preset_mode": None}]))
    off = _entity("fan", "off", {"percentage": draw(st.integers(0, 100)), **preset})
    return draw(st.sampled_from([off, _entity("fan", "on", {**speed, **preset})]))


@st.composite
def covers(draw: st.DrawFn) -> Entity:
    domain = draw(st.sampled_from(["cover", "valve"]))
    position = draw(st.integers(0, 100))
    placed = _entity(domain, "open" if position else "closed", {"current_position": position})
    plain = _entity(domain, draw(st.sampled_from(["open", "closed"])))
    return draw(st.sampled_from([placed, plain]))


@st.composite
def climates(draw: st.DrawFn) -> Entity:
    state = draw(st.sampled_from(["off", "heat", "cool", "auto"]))
    attributes: Attributes = {"temperature": draw(st.integers(10, 30))}
    attributes |= {"fan_mode": draw(st.sampled_from(["low", "high"]))}
    return _entity("climate", state, {**attributes, "hvac_modes": ("off", "cool", "heat")})


@st.composite
def players(draw: st.DrawFn) -> Entity:
    state = draw(st.sampled_from(["playing", "paused", "idle", "on", "off"]))
    level = draw(st.integers(0, 100)) / 100
    muted = draw(st.booleans())
    told: Attributes = {"volume_level": level, "is_volume_muted": muted}
    return _entity("media_player", state, {**told, "shuffle": draw(st.booleans()), "repeat": "all"})


@st.composite
def lists(draw: st.DrawFn) -> Entity:
    items = draw(ITEMS)
    return _entity("todo", str(len(items)), {"items": items, "completed": draw(ITEMS)})


def plain(domain: str, *states: str) -> st.SearchStrategy[Entity]:
    return st.sampled_from([_entity(domain, state) for state in states])


ENTITIES = st.one_of(
    *(lights(), fans(), covers(), climates(), players(), lists()),
    plain("lock", "locked", "unlocked"),
    plain("vacuum", "cleaning", "docked", "paused", "idle"),
    plain("lawn_mower", "mowing", "docked", "paused"),
    plain("water_heater", "eco", "on", "off"),
    *(
        plain(domain, "on", "off")
        for domain in ("switch", "input_boolean", "siren", "automation", "remote", "humidifier")
    ),
)


@st.composite
def homes(draw: st.DrawFn) -> Home:
    """Of one to eight devices, each named by its number."""
    found = draw(st.lists(ENTITIES, min_size=1, max_size=8))
    return Home(
        entities=tuple(
            Entity(f"{e.domain}.{n}", str(n), e.domain, state=e.state, attributes=e.attributes)
            for n, e in enumerate(found)
        )
    )


SLOTS: dict[str, st.SearchStrategy[Slot]] = {
    "brightness": st.integers(0, 100),
    "brightness_step": STEP,
    "temperature_step": st.integers(-3, 3),
    "position_step": STEP,
    "percentage_step": STEP,
    "state": st.sampled_from(["on", "off"]),
    "color": st.sampled_from(["red", "blue", "white"]),
    "temperature": st.integers(10, 30),
    "position": st.integers(0, 100),
    "percentage": st.integers(0, 100),
    "fan_mode": st.sampled_from(["low", "high", "auto"]),
    "volume_level": st.integers(0, 100),
    "volume_step": st.sampled_from(["up", "down", 10, -10]),
    "item": st.sampled_from(["milk", "bread", "soap"]),
}
WANTED = (
    ("HassTurnOn",),
    ("HassTurnOff",),
    ("HassToggle",),
    ("HassLightSet", "brightness"),
    ("HassLightSet", "brightness", "color"),
    ("HassLightSet", "brightness_step"),
    ("HassSetPosition", "position"),
    ("HassSetPosition", "position_step"),
    ("HassFanSetSpeed", "percentage"),
    ("HassFanSetSpeed", "percentage_step"),
    ("HassClimateSetTemperature", "temperature"),
    ("HassClimateSetTemperature", "temperature_step"),
    ("HassClimateSetFanMode", "fan_mode"),
    ("HassMediaPause",),
    ("HassMediaUnpause",),
    ("HassMediaPlayerMute",),
    ("HassMediaPlayerUnmute",),
    ("HassSetVolume", "volume_level"),
    ("HassSetVolumeRelative", "volume_step"),
    ("HubShuffle", "state"),
    ("HubRepeatSong", "state"),
    ("HassVacuumStart",),
    ("HassVacuumReturnToBase",),
    ("HassLawnMowerStartMowing",),
    ("HassLawnMowerDock",),
    ("HassShoppingListAddItem", "item"),
    ("HassShoppingListCompleteItem", "item"),
    ("HassListRemoveItem", "item"),
    ("HubListClear",),
)
"""All that `calls` makes something of, but for what is said to be beyond undoing."""


@st.composite
def wishes(draw: st.DrawFn) -> Wish:
    if draw(st.integers(0, 19)) == 0:
        return Wish("HassLightSet", {"temperature": draw(KELVIN)})
    intent, *slots = draw(st.sampled_from(WANTED))
    return Wish(intent, {name: draw(SLOTS[name]) for name in slots})
