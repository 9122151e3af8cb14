"""`hear --references` judges as interfaces.md says."""

from hub.scoring import Judged, Truth, judge, same_slots, score
from hub.turn import Action, Turn
from intents.wishes import Wish

ON = Wish("HassTurnOn", {"name": "Lamp"})
DONE = Action("HassTurnOn", ("Lamp",), "done")


def test_slots_are_compared_without_case_and_outer_space() -> None:
    assert same_slots({"name": " Lamp", "brightness": 20}, {"name": "lamp", "brightness": 20.0})
    assert not same_slots({"name": "Lamp"}, {"name": "Lamp", "area": "Hall"})


def test_exact_is_intent_and_every_slot() -> None:
    right = judge(Turn((ON,), (DONE,)), Truth("HassTurnOn", {"name": "lamp"}), 0.5)
    assert right == Judged(exact=True, intent=True, false_action=False, seconds=0.5)
    wrong = judge(Turn((ON,), (DONE,)), Truth("HassTurnOn", {"name": "Fan"}), 0.5)
    assert wrong == Judged(exact=False, intent=True, false_action=True, seconds=0.5)


def test_any_action_where_nothing_was_asked_is_false() -> None:
    assert judge(Turn((ON,), (DONE,)), Truth(None, {}), 0.5).false_action
    quiet = judge(Turn(()), Truth(None, {}), 0.5)
    assert quiet == Judged(exact=True, intent=True, false_action=False, seconds=None)
    assert judge(None, Truth("HassTurnOn", {}), None).exact is False


def test_the_figures() -> None:
    judged = [
        Judged(exact=i < 8, intent=i < 9, false_action=i == 9, seconds=i / 10) for i in range(10)
    ]
    total = score(judged, unscored=2)
    assert (total.n, total.exact, total.intent) == (10, 0.8, 0.9)
    assert (total.false_actions, total.unscored) == (1, 2)
    assert (total.p50, total.p95) == (0.45, 0.9)
    nothing = score([], unscored=0)
    assert (nothing.n, nothing.exact, nothing.p50) == (0, 0.0, None)
