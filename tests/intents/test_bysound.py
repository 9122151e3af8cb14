"""The search by sound finds what trying every sentence would find."""

from itertools import product

import numpy as np
import pytest
from hassil.intents import Intents
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.bysound import BySound, Path
from intents.home import Home
from intents.sounds import EXTRA, Sounds
from intents.wordcosts import Heard
from intents.wordgraph import WordGraph, word_graph
from tests.intents.alike import apart

SOUNDS = Sounds("en")
INTENTS = Intents.from_dict(
    {
        "language": "en",
        "intents": {
            "Lamp": {"data": [{"sentences": ["turn (on|off) [the] {what}[s]"]}]},
            "Sing": {"data": [{"sentences": ["(turn|tune) <up> [now];please", "sing"]}]},
            "Note": {"data": [{"sentences": ["note {text}", "in a {gone} room"]}]},
        },
        "lists": {
            "what": {"values": ["light", "lamp", "desk lamp"]},
            "text": {"wildcard": True},
            "gone": {"values": []},
        },
        "expansion_rules": {"up": "(up|down)"},
    }
)
GRAPH = word_graph(INTENTS, INTENTS.slot_lists, INTENTS.expansion_rules, Home())
SEARCH = BySound(GRAPH, SOUNDS)
LAMPS = [
    f"turn {way} {the}{what}{more}"
    for way, the, what, more in product(
        ("on", "off"), ("the ", ""), ("light", "lamp", "desk lamp"), ("", "s")
    )
]


def heard(text: str) -> tuple[Heard, list[int]]:
    words = SOUNDS.words(text)
    sounds = SOUNDS.of(text)
    return Heard(sounds, EXTRA[sounds]), np.cumsum([0, *(len(w.sounds) for w in words)]).tolist()


def near(text: str, most: int = 5, margin: float = 2.0, limit: float = 6.0) -> tuple[Path, ...]:
    return SEARCH.nearest(*heard(text), most, margin, limit)


def written(path: Path) -> str:
    return "".join(f"{' ' * each.apart}{each.text or '...'}" for each in path.pieces).strip()


def every(graph: WordGraph) -> set[str]:
    """All that a graph can say, slots as their names."""

    def back(node: int, after: str) -> set[str]:
        label = graph.labels[graph.label[node]]
        text = f"{label if isinstance(label, str) else label.name}{after}"
        before = graph.steps(node)
        longer = (back(n, f"{' ' * space}{text}") for n, space in before)
        return {text} if node == 0 else set[str]().union(*longer)

    return {said.strip() for node, _ in graph.ends.tolist() for said in back(node, "")}


def test_the_graph_says_what_the_templates_say_and_no_more() -> None:
    ways = product(("on", "off"), ("the ", ""), ("", "s"))
    up = [
        f"{do} {way}{now}"
        for do, way, now in product(("turn", "tune"), ("up", "down"), ("", " now"))
    ]
    assert every(GRAPH) == {
        *(f"turn {way} {the}what{more}" for way, the, more in ways),
        *(f"please {each}" for each in up),
        *(f"{each} please" for each in up),
        "sing",
        "note text",
    }


@pytest.mark.parametrize("sentence", LAMPS)
def test_each_sentence_costs_nothing_for_itself(sentence: str) -> None:
    best = near(sentence)[0]
    assert best.cost == pytest.approx(0.0)
    assert SOUNDS.of(written(best)).tolist() == SOUNDS.of(sentence).tolist()


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(LAMPS), st.text(alphabet="abdeiklmnprstu ", max_size=3), st.integers(0, 20))
def test_the_nearest_is_the_nearest_of_all(sentence: str, slip: str, at: int) -> None:
    """As far as words may be longer or shorter; never nearer than it is."""
    at = min(at, len(sentence) - len(slip) - 1)
    garbled = sentence[:at] + slip + sentence[at + len(slip) :]
    best = min(apart(each, garbled) for each in LAMPS)
    lamps = [path for path in near(garbled, most=99, margin=9.0, limit=99.0) if path.block == 0]
    assert lamps[0].cost > best - 1e-3
    assert best > 1.5 or lamps[0].cost == pytest.approx(best, abs=1e-3)
    costs = [path.cost for path in lamps]
    assert costs == pytest.approx(sorted(costs), abs=1e-4)


def test_free_text_is_whole_words() -> None:
    [path, *_] = near("not some oat milk", limit=9.0)
    [_, free] = path.pieces
    assert free.text is None
    assert (free.start, free.end) in {(s, len(SOUNDS.of("not some oat milk"))) for s in (3, 6)}


def test_different_meanings_come_once_each() -> None:
    found = [
        (written(each), [piece.start for piece in each.pieces if piece.text is None])
        for each in near("turn on the limp", margin=4.0, limit=9.0)
    ]
    assert len(found) == len({str(each) for each in found}) > 1


def test_silence_and_a_flood_of_talk_are_like_nothing() -> None:
    assert near("") == ()
    assert near("blah " * 100) == ()
