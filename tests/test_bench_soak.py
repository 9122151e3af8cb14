"""What a soak calls done and lost decides its figures: each verdict from its evidence."""

from itertools import pairwise

import pytest

from bench.soak.commands import Answered, Command, Rung, Switched, Way
from bench.soak.cost import growth
from bench.soak.kills import HOME_AWAY, plan
from bench.soak.turns import ActionTold, SecondsTold, Turn, WishTold
from bench.soak.verdicts import Evidence, Said, Told, Verdict, judged

LAMP = "light.lamp"
ON = Switched("Lamp", LAMP, "turn_on", "on")
START = 1000.0


def turn(
    result: str,
    reply: str = "Turned on the light",
    intent: str = "HassTurnOn",
    target: str = "Lamp",
) -> Turn:
    return Turn(
        at=START + 1,
        way="mqtt",
        wishes=(WishTold(intent),),
        actions=(ActionTold(result, (target,)),) if result else (),
        reply=reply,
        seconds=SecondsTold(),
    )


NOT_UNDERSTOOD = Turn(
    at=START + 1, way="mqtt", wishes=(), actions=(), reply="", seconds=SecondsTold()
)


def said(
    answered: Turn | None,
    effect: Switched | Answered | Rung = ON,
    way: Way = "mqtt",
    at: float = START,
    *,
    accepted: bool = True,
) -> Said:
    return Said(Command(way, "turn on the lamp", effect), at, at + 2, accepted, answered)


def seen(at: float, state: str = "on", service: str = "turn_on") -> Evidence:
    """Home Assistant was told so at that moment, and was in that state a little later."""
    states = {LAMP: [(START - 10, "off"), (at + 0.1, state)]}
    return Evidence(told=[Told(at, service, LAMP)], states=states)


def verdict(one: Said, evidence: Evidence) -> Verdict:
    [(_, found)] = judged([one], evidence)
    return found


def test_done_is_what_home_assistant_was_told_and_shows() -> None:
    assert verdict(said(turn("done")), seen(START + 1)) == "done"
    assert verdict(said(turn("done")), seen(START + 1, state="off")) == "lost"
    assert verdict(said(turn("done")), seen(START - 1)) == "lost"
    assert verdict(said(turn("done")), Evidence()) == "lost"


def test_another_thing_or_intent_is_wrong() -> None:
    for odd in (turn("done", target="Fan"), turn("done", intent="HassTurnOff")):
        assert verdict(said(odd), seen(START + 1)) == "wrong"
    assert verdict(said(turn("done")), seen(START + 1, "off", "turn_off")) == "lost"


def test_nothing_that_came_of_it_is_lost_whatever_way_it_went() -> None:
    ways: tuple[Way, ...] = ("voice", "mqtt", "hermes", "wyoming", "page")
    there = Evidence(at_broker=[(START - 90, False), (START - 60, True), (START + 1, False)])
    for way in ways:
        assert verdict(said(None, way=way), there) == "lost"
    assert verdict(said(None), seen(START + 1)) == "done"


@pytest.mark.parametrize(
    ("way", "killed", "expected"),
    [
        ("mqtt", START + 1, "with the broker"),
        ("mqtt", START + 9, "lost"),
        ("mqtt", START - 60, "hub not there"),
        ("page", START, "lost"),
    ],
)
def test_a_broker_takes_only_with_it_what_it_just_had(
    way: Way, killed: float, expected: Verdict
) -> None:
    there = [(START - 90, True), (killed, False), (killed + 70, True)]
    evidence = Evidence(broker_killed=[killed], at_broker=there)
    assert verdict(said(None, way=way), evidence) == expected


def test_what_no_broker_took_is_not_sent() -> None:
    assert verdict(said(None, accepted=False), Evidence()) == "not sent"


def test_what_waits_is_done_later_or_lost_or_overtaken() -> None:
    waits = said(turn("queued"))
    assert verdict(waits, seen(START + 60)) == "done later"
    assert verdict(waits, Evidence()) == "lost"
    newer = said(turn("done"), at=START + 30)
    assert judged([waits, newer], seen(START + 31))[0][1] == "overtaken"


def test_what_waited_in_vain_was_told_only_where_the_home_stayed_away() -> None:
    away = Evidence(home_away=[(START - 5, START + 200)])
    assert verdict(said(turn("queued")), away) == "said so"
    short = Evidence(home_away=[(START - 5, START + 60)])
    assert verdict(said(turn("queued")), short) == "lost"


def test_an_honest_no_is_one_that_is_said() -> None:
    assert verdict(said(turn("failed", "It is not there.")), Evidence()) == "said so"
    assert verdict(said(turn("failed", "")), Evidence()) == "lost"
    assert verdict(said(NOT_UNDERSTOOD), Evidence()) == "asked again"


def test_a_word_for_a_home_that_was_killed_at_once_is_unproven() -> None:
    killed = Evidence(home_away=[(START + 1, START + 20)])
    assert verdict(said(turn("done")), killed) == "unproven"


def test_a_question_wants_its_answer_and_a_timer_its_ring() -> None:
    time = Answered("HassGetCurrentTime")
    assert verdict(said(turn("", "4 PM", "HassGetCurrentTime"), time), Evidence()) == "done"
    assert verdict(said(turn("", "", "HassGetCurrentTime"), time), Evidence()) == "lost"
    assert verdict(said(turn("", "4 PM", "HassGetWeather"), time), Evidence()) == "wrong"
    timer = said(turn("done", "Timer set", "HassStartTimer"), Rung(20))
    assert verdict(timer, Evidence(rings={1: START + 21.5})) == "done"
    assert verdict(timer, Evidence(rings={1: START + 40})) == "lost"


@pytest.mark.parametrize("seed", range(20))
def test_what_is_killed_is_back_before_it_is_killed_again(seed: int) -> None:
    kills = plan(3600, 10, HOME_AWAY, seed)
    assert len(kills) == 10
    assert sorted(each.away for each in kills)[:-2] == sorted(HOME_AWAY)[:-2]
    for one, other in pairwise(kills):
        assert one.at + one.away < other.at
    assert kills[-1].at + kills[-1].away < 3600


def test_growth_is_told_by_the_hour_without_the_start() -> None:
    start = [(float(second), 1.0) for second in range(0, 360, 10)]
    grows = [(float(second), 100 + second / 3600) for second in range(360, 3600, 10)]
    assert growth([*start, *grows]) == pytest.approx(1.0)
