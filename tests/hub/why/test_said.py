"""What is spoken when somebody asks why."""

from dataclasses import replace

import msgspec
import pytest

from hub.turn import Action, Turn
from hub.why.said import explain
from intents.wishes import Wish
from tests.hub.why.parts import LAMP, SPOKEN, TYPED, traced

REFUSED = Turn(
    (Wish("HassTurnOff", {"name": "Front Door"}),),
    (Action("HassTurnOff", ("Front Door",), "refused"),),
    "I don't unlock doors by voice.",
    words="unlock the front door",
    confidence=0.9,
)
TWO = replace(
    LAMP,
    wishes=(*LAMP.wishes, Wish("HassTurnOff", {"name": "Kitchen Blinds"})),
    actions=(*LAMP.actions, Action("HassTurnOff", ("Kitchen Blinds",), "done")),
)
CASES = {
    "a room": (
        traced(),
        (
            "I heard “turn on the lamp” with 93 percent confidence and turned on the Bedroom Lamp "
            "because it is the only light in Bedroom."
        ),
        (
            "Ich habe „turn on the lamp“ gehört, zu 93 Prozent sicher, und Bedroom Lamp "
            "eingeschaltet, weil es das einzige Licht in Bedroom ist."
        ),
    ),
    "words that did not cross": (
        traced(replace(LAMP, words=None)),
        (
            "I heard a command with 93 percent confidence and turned on the Bedroom Lamp because "
            "it is the only light in Bedroom."
        ),
        (
            "Ich habe einen Befehl gehört, zu 93 Prozent sicher, und Bedroom Lamp eingeschaltet, "
            "weil es das einzige Licht in Bedroom ist."
        ),
    ),
    "two wishes": (
        traced(TWO),
        (
            "I heard “turn on the lamp” with 93 percent confidence and turned on the Bedroom Lamp "
            "and closed the Kitchen Blinds."
        ),
        (
            "Ich habe „turn on the lamp“ gehört, zu 93 Prozent sicher, und Bedroom Lamp "
            "eingeschaltet und Kitchen Blinds geschlossen."
        ),
    ),
    "refused": (
        traced(REFUSED, TYPED),
        "I read “unlock the front door” and answered: I don't unlock doors by voice.",
        "Ich habe „unlock the front door“ gelesen und geantwortet: I don't unlock doors by voice.",
    ),
    "not understood": (
        traced(Turn((), nearest=("turn on the Bedroom Lamp",)), SPOKEN),
        "I did not understand that. The nearest that I know is “turn on the Bedroom Lamp”.",
        "Das habe ich nicht verstanden. Am nächsten kommt „turn on the Bedroom Lamp“.",
    ),
    "like nothing": (
        traced(Turn(()), SPOKEN),
        "I did not understand that, and it was like nothing that I know.",
        "Das habe ich nicht verstanden, und nichts, was ich kenne, klingt so.",
    ),
    "nobody spoke": (
        traced(Turn(()), replace(SPOKEN, reason="no_speech")),
        "I heard the wake word, 95 percent sure, and then nobody spoke.",
        "Ich habe das Weckwort gehört, zu 95 Prozent sicher, und dann nichts mehr.",
    ),
    "nothing yet": (
        None,
        "I remember nothing that I could explain.",
        "Ich weiß von nichts, das ich erklären könnte.",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_explained(case: str) -> None:
    trace, english, german = CASES[case]
    assert explain(trace, "en") == english
    assert explain(trace, "de-CH") == german
    assert explain(trace, "pl") == english


def test_a_trace_without_reasons_is_explained_too() -> None:
    bare = msgspec.structs.replace(traced(), because=())
    assert explain(bare, "en").endswith("turned on the Bedroom Lamp.")
