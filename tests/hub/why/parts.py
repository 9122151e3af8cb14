"""Turns as they come to be explained."""

from hub.asker import Asker
from hub.homes.demo import demo_home
from hub.messages import Seconds, Wake
from hub.turn import Action, Turn
from hub.why.trace import Origin, Trace, trace
from intents.wishes import Wish

NOW = 1_800_000_000.0
WAKE = Wake(source="microphone", turn=1, word="hey_jarvis", score=0.95)
SPOKEN = Origin(Asker("voice", "Bedroom"), wake=WAKE)
TYPED = Origin(Asker("typed", None))
LAMP = Turn(
    (Wish("HassTurnOn", {"area": "Bedroom", "domain": "light"}, response="lights_area"),),
    (Action("HassTurnOn", ("Bedroom Lamp",), "done"),),
    "Turned on the lights",
    words="turn on the lamp",
    confidence=0.93,
    seconds=Seconds(asr=0.3, total=0.8),
)


def traced(turn: Turn = LAMP, origin: Origin = SPOKEN, at: float = NOW) -> Trace:
    return trace(turn, origin, demo_home(), at)
