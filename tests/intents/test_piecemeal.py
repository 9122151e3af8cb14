"""Of several wishes in one breath each is put right by itself, or none is granted."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.choice import SURE, Scorer
from intents.grammar import Grammar, Hearsay
from intents.piecemeal import joining
from intents.wishes import NotUnderstood
from tests.intents.homes import typical

LAMP = ("HassTurnOff", {"name": "Bedside Lamp"})
BLINDS = ("HassTurnOff", {"name": "Blinds"})


@pytest.fixture(scope="module")
def home() -> Grammar:
    return Grammar("en", typical())


def ear(*said: str, other: float = -25.0) -> Scorer:
    """An ear that finds these whole sentences as good as what it wrote, and others bad."""

    def score(sentences: Sequence[str]) -> tuple[float, ...]:
        likely = {each.casefold() for each in (sentences[0], *said)}
        return tuple(-4.0 if each.casefold() in likely else other for each in sentences)

    return score


def wishes(hearsay: Hearsay) -> list[tuple[str, dict[str, object]]]:
    assert isinstance(hearsay.understanding, tuple)
    return [(wish.intent, dict(wish.slots)) for wish in hearsay.understanding]


@pytest.mark.parametrize(
    ("heard", "right"),
    [
        (
            "Turn off the best side lamp and close the blinds.",
            "Turn off the Bedside Lamp and close the blinds.",
        ),
        (
            "Close the blinds, then turn off the best side lamp.",
            "Close the blinds, then turn off the Bedside Lamp.",
        ),
    ],
)
def test_a_misheard_part_is_put_right_by_the_whole_sentence(
    home: Grammar, heard: str, right: str
) -> None:
    found = home.hear(heard, None, ear(right))
    assert sorted(wishes(found), key=str) == sorted([LAMP, BLINDS], key=str)
    assert SURE <= found.confidence < 1
    assert found.text.casefold().rstrip(".") == right.casefold().rstrip(".")
    assert found.understanding == home.parse(found.text)


def test_two_misheard_parts_are_each_put_right(home: Grammar) -> None:
    heard = "turn off the dusk lamp and turn on the reeding lamb"
    found = home.hear(
        heard,
        None,
        ear(
            "turn off the desk lamp and turn on the reeding lamb",
            "turn off the desk lamp and turn on the reading lamp.",
        ),
    )
    assert wishes(found) == [
        ("HassTurnOff", {"name": "Desk Lamp"}),
        ("HassTurnOn", {"name": "Reading Lamp"}),
    ]


def test_a_part_that_the_ear_doubts_refuses_the_whole(home: Grammar) -> None:
    found = home.hear("Turn off the best side lamp and close the blinds.", None, ear(other=-20.0))
    assert isinstance(found.understanding, NotUnderstood)


def test_an_ear_without_scores_repairs_only_what_sounds_nearly_the_same(home: Grammar) -> None:
    assert len(wishes(home.hear("turn on the reeding lamb and close the blinds", None, None))) == 2
    found = home.hear("turn on the ready lab and close the blinds", None, None)
    assert isinstance(found.understanding, NotUnderstood)


@pytest.mark.parametrize("rest", ["tell me about the conference", "the kitchen was too small", ""])
def test_talk_in_a_part_refuses_the_whole(home: Grammar, rest: str) -> None:
    """However right the other part is."""
    right = ear(f"turn off the Bedside Lamp and {rest}")
    found = home.hear(f"turn off the best side lamp and {rest}", None, right)
    assert isinstance(found.understanding, NotUnderstood)


def test_joins_part_only_whole_words() -> None:
    pattern = joining([("and",), ("and", "then"), (",",)])
    assert pattern.split("the band, and then the sand and 2,700 lamps") == [
        "the band",
        ", and then ",
        "the sand",
        " and ",
        "2,700 lamps",
    ]


PARTS = st.sampled_from(
    [
        "turn off the desk lamp",
        "close the blinds",
        "set a timer for 5 minutes",
        "turn on the reading lamp",
        "lock the front door",
    ]
)
SLIPS = st.lists(st.tuples(st.integers(0, 30), st.sampled_from("aeioustrmnlbd ")), max_size=3)


@settings(max_examples=15, deadline=None)
@given(parts=st.lists(PARTS, min_size=2, max_size=3, unique=True), slips=SLIPS, likes=st.booleans())
def test_there_are_never_fewer_wishes_than_parts(
    home: Grammar, parts: list[str], slips: list[tuple[int, str]], *, likes: bool
) -> None:
    letters = list(parts[0])
    for at, letter in slips:
        letters[at % len(letters)] = letter
    text = " and ".join(("".join(letters), *parts[1:]))
    if "and" in "".join(letters).split():
        return  # it became a part more, or less

    def score(sentences: Sequence[str]) -> tuple[float, ...]:
        return tuple(-3.0 if likes else -30.0 for _ in sentences)

    found = home.hear(text, None, score).understanding
    assert isinstance(found, NotUnderstood) or len(found) >= len(parts)
