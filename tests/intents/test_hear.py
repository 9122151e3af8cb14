"""What was misheard is put right by sound and by the ear's second look; or it is refused."""

import time
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.choice import SURE, Scorer
from intents.custom import load_custom
from intents.grammar import Grammar, Hearsay
from intents.home import Home
from intents.wishes import NotUnderstood, Wish
from tests.intents.homes import typical

CAFE = """
context:
  expressions:
    order:
      - "[I want, make me] [a, an] $size:size $drink:drink"
      - "[I want, make me] [a, an] $drink:drink with $milk:milk"
      - "play @what [now, later]"
  slots:
    size: [small, medium, large, twelve ounce]
    drink: [espresso, iced mocha, latte, mocha, coffee, iced coffee]
    milk: [milk, soy milk, some milk]
  macros:
    what: [music, the radio]
"""


@pytest.fixture(scope="module")
def home() -> Grammar:
    return Grammar("en", typical())


@pytest.fixture(scope="module")
def cafe(tmp_path_factory: pytest.TempPathFactory) -> Grammar:
    file = tmp_path_factory.mktemp("cafe") / "cafe.yaml"
    file.write_text(CAFE)
    return Grammar("en", Home(), load_custom(file, "en"))


def ear(*said: str, other: float = -25.0) -> Scorer:
    """An ear that finds these sentences as good as what it wrote, and others bad."""

    def score(sentences: Sequence[str]) -> tuple[float, ...]:
        likely = {each.casefold() for each in (sentences[0], *said)}
        return tuple(-2.0 if each.casefold() in likely else other for each in sentences)

    return score


def wish(hearsay: Hearsay) -> Wish:
    assert isinstance(hearsay.understanding, tuple)
    [only] = hearsay.understanding
    return only


def test_a_name_is_repaired_by_sound(home: Grammar) -> None:
    heard = home.hear("Turn on the best side lamp.", None, ear("Turn on the Bedside Lamp."))
    assert wish(heard) == Wish("HassTurnOn", {"name": "Bedside Lamp"})
    assert SURE <= heard.confidence < 1


def test_a_name_that_the_ear_doubts_is_offered_and_not_taken(home: Grammar) -> None:
    heard = home.hear("Turn on the best side lamp.", None, ear(other=-11.0))
    assert isinstance(heard.understanding, NotUnderstood)
    assert any("Bedside Lamp" in each for each in heard.understanding.nearest)
    assert heard.confidence < SURE


def test_talk_that_only_resembles_a_command_offers_no_number_of_it(home: Grammar) -> None:
    heard = home.hear("Unset the brightest tune fourty seven parents", None, ear())
    assert isinstance(heard.understanding, NotUnderstood)
    assert not any("47" in each for each in heard.understanding.nearest)


def test_an_ear_without_scores_repairs_only_what_sounds_nearly_the_same(home: Grammar) -> None:
    assert wish(home.hear("Turn on the reeding lamb.", None, None)).slots == {
        "name": "Reading Lamp"
    }
    assert isinstance(home.hear("Turn on the ready lab.", None, None).understanding, NotUnderstood)
    assert isinstance(
        home.hear("Turn up the reeding lamb.", None, None).understanding, NotUnderstood
    )


def test_two_that_are_as_likely_are_both_offered(cafe: Grammar) -> None:
    def torn(sentences: Sequence[str]) -> tuple[float, ...]:
        return tuple(
            -3.0 if "some" in each else -4.0 if "soy" in each else -9.0 for each in sentences
        )

    heard = cafe.hear("Make me a latte with sow milk.", None, torn)
    assert isinstance(heard.understanding, NotUnderstood)
    assert {"make me a latte with soy milk", "make me a latte with some milk"} <= set(
        heard.understanding.nearest
    )


def test_a_wish_with_free_text_may_be_a_misheard_one_without(home: Grammar) -> None:
    """What was heard is a sentence too: a command, to be given in 20 minutes."""
    said = "Create timer for 6 hours and 20 minutes."
    heard = home.hear("Create timer for 6 hours in 20 minutes.", None, ear(said))
    assert wish(heard).slots == {"hours": 6, "minutes": 20}
    meant = home.hear("Turn off the TV in 20 minutes.", None, ear())
    assert wish(meant).slots["conversation_command"] == "Turn off the TV"


@pytest.mark.parametrize("more", [" with", " for the", " until you leave the house"])
def test_a_sentence_that_goes_on_is_not_taken_for_its_beginning(cafe: Grammar, more: str) -> None:
    """Nor for a beginning that sounds a little like it."""
    for order in ("make me a latte", "make me a lattice"):
        for each in (cafe.near(f"{order}{more}"), cafe.near(f"{order}{more}.")):
            assert "make me a latte" not in [candidate.text for candidate in each]


def test_numbers_as_digits_are_the_words_of_the_grammar(cafe: Grammar) -> None:
    heard = cafe.hear("Make me a 12-ounce latte.", None, None)
    assert wish(heard).slots == {"size": "twelve ounce", "drink": "latte"}
    assert heard.confidence > 0.9


def test_free_text_is_what_was_heard(home: Grammar) -> None:
    heard = home.hear(
        "Ad oat milk to my chopping list.", None, ear("Ad oat milk to my Shopping List.")
    )
    assert wish(heard).intent == "HassListAddItem"
    assert wish(heard).slots["item"] == "oat milk"


@pytest.mark.parametrize(
    "text",
    [
        "The conference will begin when the leader arrives.",
        "Printing, in the only sense with which we are at present concerned",
        "I told him that the kitchen was too small for a party of eight",
        "",
        "...",
        "a " * 400,
    ],
)
def test_talk_is_refused_by_a_fair_ear(home: Grammar, text: str) -> None:
    assert isinstance(home.hear(text, None, ear()).understanding, NotUnderstood)


def test_a_changed_home_is_heard_within_a_second() -> None:
    grammar = Grammar("en", Home())
    assert isinstance(
        grammar.hear("Turn on the floor lamb.", None, None).understanding, NotUnderstood
    )
    since = time.perf_counter()
    changed = Grammar("en", typical())
    changed.prepare_to_hear()
    assert wish(changed.hear("Turn on the floor lamb.", None, None)).slots == {"name": "Floor Lamp"}
    assert time.perf_counter() - since < 1.0


SLIPS = st.lists(st.tuples(st.integers(0, 60), st.sampled_from("aeioustrmnlbd ")), max_size=4)


@settings(max_examples=60, deadline=None)
@given(
    sentence=st.sampled_from(
        [
            "I want a small latte",
            "make me an iced mocha with some milk",
            "make me a twelve ounce espresso",
            "play the radio later",
        ]
    ),
    slips=SLIPS,
)
def test_whatever_was_heard_a_candidate_is_a_sentence_of_the_grammar(
    cafe: Grammar, sentence: str, slips: list[tuple[int, str]]
) -> None:
    letters = list(sentence)
    for at, letter in slips:
        letters[at % len(letters)] = letter
    near = cafe.near("".join(letters))
    assert all(isinstance(cafe.parse(each.text), tuple) for each in near)
    distances = [each.distance for each in near]
    assert distances == pytest.approx(sorted(distances), abs=1e-4)
    if not slips:
        assert near[0].distance == pytest.approx(0.0)
        assert near[0].text == sentence


def test_its_own_sentences_are_heard_as_they_are(home: Grammar) -> None:
    for text in ("turn off the desk lamp", "set the thermostat to 21 degrees", "close the blinds"):
        best = home.near(text)[0]
        assert (best.distance, best.changes) == (0.0, 0)
        assert isinstance(home.parse(best.text), tuple)
