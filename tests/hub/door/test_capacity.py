"""The bound on a covert channel: its premises counted out, its table, and a senses that tries."""

import random
from itertools import product
from math import log2

import msgspec
import pytest

from hub.door.budget import MOMENT, MOMENT_COST, SILENCE, Budget, until_next_moment
from hub.door.capacity import AT_ONCE, CODEC2, SUSTAINED, bound, home_of, tables
from hub.door.language import IntentForm, LanguageForm
from hub.door.measures import LONG, SECONDS_COST, SHARE_COST, SHORT, TOTALS, share, timing
from hub.door.refusals import Refused, coarse
from hub.door.standing import KINDS
from hub.door.text import lexicon, looks_encoded
from hub.door.vocabulary import Vocabulary
from hub.door.wishes import price_all
from hub.messages import FromSenses, Heard, Seconds, State, Wake, WishLine
from intents.home import Area, Entity, Home
from intents.own import Values
from intents.wishes import Slot
from tests.conftest import ROOT
from tests.hub.door.sessions import door, heard, wake, wish

_CENT = 100


def test_the_page_says_what_the_code_does() -> None:
    assert tables() in (ROOT / "docs" / "word-door.md").read_text()


def test_far_too_narrow_for_sound() -> None:
    assert SUSTAINED < 30
    assert SUSTAINED < CODEC2 / 20
    assert AT_ONCE < 5 * CODEC2


def test_moments_and_kinds_are_a_code() -> None:
    assert 2**-MOMENT_COST + 2 ** -(SILENCE * MOMENT) <= 1 + 1e-12
    assert sum(2**-bits for bits in KINDS.values()) <= 1
    assert all(0 < until_next_moment(now / 1_000) <= MOMENT for now in range(1_000))


def test_numbers_are_a_code() -> None:
    shares = {share(n / 10_000) for n in range(10_001)}
    assert len(shares) <= 2**SHARE_COST + 1e-9
    assert pytest.approx(len(SHORT) ** 2 * len(LONG) ** 2 * len(TOTALS)) == 2**SECONDS_COST
    grid = [n / 1_000 for n in range(-50, 90_000, 7)]
    told = [timing(Seconds(wake=t, vad=t, asr=t, intent=t, total=t)) for t in grid]
    assert {each.wake for each in told} | {each.intent for each in told} <= set(SHORT)
    assert {each.vad for each in told} | {each.asr for each in told} <= set(LONG)
    assert {each.total for each in told} <= set(TOTALS)
    assert all(
        abs(each.total - t) <= t / 15 + 0.005
        for each, t in zip(told, grid, strict=True)
        if 0 < t < 60
    )


def test_letters_and_words_are_a_code() -> None:
    words = lexicon(["turn on the lamp", "küche"])
    end = words._spelled("")
    letters = sum(2 ** -(words._spelled(chr(n)) - end) for n in range(0x110000))
    assert letters + 2**-end <= 1 + 1e-9
    known = ("".join(parts) for parts in product(words.words, ["", *".,?!"]))
    both = {case for word in known for case in (word, word[:1].upper() + word[1:])}
    spelled = 0.2
    assert sum(2 ** -words._word(word) for word in both) + spelled <= 1 + 1e-9


def test_wishes_are_a_code() -> None:
    """All that a small home can wish, counted out."""
    home = Home(areas=(Area("a", "Hall"),), entities=(Entity("light.x", "Lamp", "light"),))
    named = Values(lists=frozenset({"name", "area"}))
    intents = {
        "On": IntentForm(
            {"name": named, "level": Values(frozenset({1, 2, 3}))},
            frozenset({"a", "b"}),
            added={
                "except": named,
                "step": Values(frozenset({1, 2})),
                "name": Values(frozenset({"all"}), frozenset({"name"})),
            },
        ),
        "Off": IntentForm({"name": named}, frozenset({"a"}), frozenset({"name"})),
    }
    own = {"Undo": IntentForm({"level": Values(frozenset({1, 2}))}, frozenset({"a"}))}
    vocabulary = Vocabulary(LanguageForm(intents, frozenset({"on"}), own), home)
    total, count = 0.0, 0
    scores = [n / 20 for n in range(21)]
    offered: dict[str, tuple[Slot | None, ...]] = {
        "name": ("Lamp", "Hall", "all", None),
        "level": (1, 2, 3, None),
        "except": ("Lamp", "Hall", None),
        "step": (1, 2, None),
    }
    frames = product(("On", "Off", "Undo"), "ab", scores)
    for (intent, response, score), values in product(frames, product(*offered.values())):
        pairs = zip(offered, values, strict=True)
        given: dict[str, Slot] = {name: value for name, value in pairs if value is not None}
        told = WishLine(intent=intent, slots=given, score=score, response=response)
        priced = price_all([told], vocabulary, open_text=True)
        if not isinstance(priced, Refused):
            total, count = total + 2**-priced.bits, count + 1
    assert count > 500
    assert total <= 0.5 + 1e-9  # the other half: a second wish follows


def test_a_bucket_never_gives_more_than_it_got() -> None:
    source = random.Random(2)
    budget, now, spent = Budget(burst=100, rate=3), 0.0, 0.0
    for _ in range(5_000):
        now += source.random()
        cost = source.uniform(0, 30)
        spent += cost if budget.pay(cost, now) else 0.0
        assert spent <= 100 + 3 * now
    assert spent > 0.9 * (100 + 3 * now)
    assert not budget.pay(1.0, now - 100, leave=200)


@pytest.mark.parametrize(
    ("count", "shown"), [(0, 0), (1, 1), (4, 2), (9, 5), (10, 10), (4_999, 2_000)]
)
def test_coarse_counts(count: int, shown: int) -> None:
    assert coarse(count) == shown


def test_ordinary_words_do_not_look_encoded() -> None:
    for text in ("Badezimmerspiegelschrankbeleuchtung", "call 0171 2345678", "HDMI-1", "iPhone"):
        assert not looks_encoded(text)


def test_a_senses_that_uses_all_its_freedom() -> None:
    """It picks everything at random for an hour, as fast as it pays, and counts what it told."""
    home = home_of(250, 20)
    knocked, source, told, now = door(home), random.Random(3), 0.0, 0.0
    for tick in range(3 * 900):
        now += 0.0 if tick < 60 else 3_600 / (3 * 900)
        message, bits = _choice(source, home, tick)
        told += bits if knocked.admit(message, now) else 0.0
    assert told < bound(now)
    assert told > bound(now) / 3  # it did try


@pytest.mark.parametrize("asked", [False, True])
def test_a_senses_that_floods(asked: bool) -> None:
    """Also while the house asks it for answers without end."""
    home = home_of(250, 20)
    knocked, source, told = door(home), random.Random(4), 0.0
    for tick in range(20 * 600):
        if asked:
            knocked.expect_answer(tick / 20)
        message, bits = _choice(source, home, tick)
        told += bits if knocked.admit(message, tick / 20) else 0.0
    assert bound(600) / 10 < told < bound(600)
    assert knocked.refusals.exact["too_often"] > 1_000


def _choice(source: random.Random, home: Home, tick: int) -> tuple[FromSenses, float]:
    """A message in which every admissible choice is as likely, and log2 of the choices."""
    match tick % 3:
        case 0:
            return wake(tick // 3, source.randrange(21) / 20), log2(21)
        case 1:
            return State(source="senses", state="processing"), 0.0
        case _:
            name, level = source.choice(home.entities).name, source.randrange(101)
            dim = wish("HassLightSet", "brightness", name=name, brightness=level)
            times = [source.choice(steps) for steps in _TIMES]
            answer = msgspec.structs.replace(
                heard(dim, turn=tick // 3),
                confidence=source.randrange(21) / 20,
                seconds=Seconds(**dict(zip(_PARTS, times, strict=True))),
            )
            return answer, log2(250) + log2(101) + log2(21) + SECONDS_COST


_PARTS = ("wake", "vad", "asr", "intent", "total")
_TIMES = (SHORT, LONG, LONG, SHORT, TOTALS)


def test_the_clock_of_senses_is_not_read() -> None:
    """Equal but for numbers that senses made up: the door says the same."""
    answers = []
    for number in (1, 77_777):
        knocked = door()
        knocked.admit(wake(number), 0.0)
        answers.append(knocked.admit(heard(wish("HassNevermind"), turn=number), 0.0))
    assert answers[0] == answers[1]
    assert isinstance(answers[0][0], Heard)
    assert answers[0][0].turn == 1


def test_scores_are_coarse() -> None:
    (said, _) = door().admit(wake(1, 0.98765), 0.0)
    assert isinstance(said, Wake)
    assert said.score == 1.0 or said.score * _CENT % 5 == 0
