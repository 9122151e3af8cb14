"""What waits for a yes or a code: once, where it was asked, and not for long."""

from itertools import count

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from hub.asker import Asker
from hub.care.classes import Care
from hub.care.code import LOCKED_FOR, MOST_WRONG, Code, Try
from hub.care.pending import CODE_WITHIN, YES_WITHIN, Asked, Pending
from hub.deeds import AskFirst, Deed, Reason, Refused
from tests.hub.care.things import LOCK, OVEN, SIREN, SPEAKER, call

HALL = Asker("voice", "Hallway")
CODE = "2468"


def deed(thing_care: Care, service: str = "turn_on") -> Deed:
    thing = LOCK if thing_care is Care.CODE else OVEN
    return Deed(call(thing, service), (thing,), thing_care, "HassTurnOn", AskFirst())


YES_DEED, CODE_DEED = deed(Care.CONFIRM), deed(Care.CODE, "unlock")


@pytest.fixture
def pending() -> Pending:
    ids = count(1)
    return Pending(Code(CODE), lambda: f"id{next(ids)}")


def test_a_yes_sets_free_what_was_asked_there_once(pending: Pending) -> None:
    (asked,) = pending.ask([YES_DEED], SPEAKER, 0)
    assert (asked.care, asked.id) == (Care.CONFIRM, None)
    assert pending.yes(HALL, 1) is None
    assert pending.yes(Asker("typed", "Kitchen"), 1) is None
    assert pending.yes(SPEAKER, 1) == asked
    assert pending.yes(SPEAKER, 2) is None


def test_the_person_may_change_and_the_room_be_spelled_otherwise(pending: Pending) -> None:
    pending.ask([YES_DEED], SPEAKER, 0)
    assert pending.yes(Asker("voice", " kitchen", "Anna"), 1) is not None


def test_a_yes_is_no_code(pending: Pending) -> None:
    (asked,) = pending.ask([CODE_DEED], SPEAKER, 0)
    assert pending.yes(SPEAKER, 1) is None
    assert pending.confirm(asked.id, CODE, 2) == asked
    assert pending.confirm(asked.id, CODE, 3) == "expired"


def test_of_a_mixed_question_a_yes_frees_only_its_part(pending: Pending) -> None:
    plain, coded = pending.ask([CODE_DEED, YES_DEED], SPEAKER, 0)
    assert pending.yes(SPEAKER, 1) == plain
    assert pending.confirm(coded.id, CODE, 1) == coded


def test_questions_lapse(pending: Pending) -> None:
    _, coded = pending.ask([CODE_DEED, YES_DEED], SPEAKER, 0)
    assert pending.yes(SPEAKER, YES_WITHIN) is None
    assert pending.waiting(SPEAKER, CODE_WITHIN - 1) == (coded,)
    assert pending.confirm(coded.id, CODE, CODE_WITHIN) == "expired"


def test_a_later_question_takes_the_place_of_an_earlier_one(pending: Pending) -> None:
    (first,) = pending.ask([CODE_DEED], SPEAKER, 0)
    pending.ask([YES_DEED], SPEAKER, 1)
    assert pending.confirm(first.id, CODE, 2) == "expired"


def test_once_something_else_was_said_a_yes_means_nothing_but_a_code_does(
    pending: Pending,
) -> None:
    _, coded = pending.ask([YES_DEED, CODE_DEED], SPEAKER, 0)
    refused = Deed(call(LOCK, "unlock"), (LOCK,), Care.NEVER, "HassTurnOff", Refused(Reason.LOCK))
    assert pending.ask([refused], HALL, 1) == ()
    assert len(pending.waiting(SPEAKER, 1)) == 2
    assert pending.ask([refused], SPEAKER, 1) == ()
    assert pending.yes(SPEAKER, 2) is None
    assert pending.confirm(coded.id, CODE, 2) == coded


def test_a_no_drops_it(pending: Pending) -> None:
    asked = pending.ask([YES_DEED, CODE_DEED], SPEAKER, 0)
    assert pending.no(HALL, 1) == ()
    assert pending.no(SPEAKER, 1) == asked
    assert pending.yes(SPEAKER, 2) is None
    assert pending.confirm(asked[1].id, CODE, 2) == "expired"


def test_without_an_id_only_the_one_that_waits_is_meant(pending: Pending) -> None:
    (asked,) = pending.ask([CODE_DEED], SPEAKER, 0)
    assert pending.confirm(None, CODE, 1) == asked
    pending.ask([CODE_DEED], SPEAKER, 2)
    pending.ask([CODE_DEED], HALL, 2)
    assert pending.confirm(None, CODE, 3) == "several"


def test_who_guesses_is_locked_out_and_the_right_code_with_him(pending: Pending) -> None:
    (asked,) = pending.ask([CODE_DEED], SPEAKER, 0)
    for _ in range(MOST_WRONG):
        assert pending.confirm(asked.id, "0000", 1) == "wrong_code"
    assert pending.confirm(asked.id, CODE, 2) == "locked"
    (again,) = pending.ask([CODE_DEED], SPEAKER, LOCKED_FOR)
    assert pending.confirm(again.id, CODE, LOCKED_FOR) == "locked"
    assert pending.confirm(again.id, CODE, LOCKED_FOR + 1) == again


def test_a_code_is_not_looked_at_while_nothing_waits(pending: Pending) -> None:
    for _ in range(MOST_WRONG + 1):
        assert pending.confirm("id1", "0000", 0) == "expired"
    (asked,) = pending.ask([CODE_DEED], SPEAKER, 0)
    assert pending.confirm(asked.id, CODE, 0) == asked


def test_without_a_code_none_is_right() -> None:
    pending = Pending()
    (asked,) = pending.ask([CODE_DEED], SPEAKER, 0)
    assert pending.confirm(asked.id, "", 1) == "expired"


def test_the_code_is_in_no_repr() -> None:
    assert CODE not in repr(Pending(Code(CODE)))


def test_a_right_code_forgives_the_wrong_ones_before() -> None:
    code = Code("löwe7")
    for _ in range(3):
        assert [code.give("x", 0) for _ in range(MOST_WRONG - 1)] == [Try.WRONG] * 4
        assert code.give("löwe7", 0) is Try.RIGHT


ASKERS = st.sampled_from([SPEAKER, HALL, Asker("mqtt"), Asker("typed", "Kitchen")])


class Waiting(RuleBasedStateMachine):
    """However questions, answers and time follow each other, nothing is freed wrongly."""

    def __init__(self) -> None:
        super().__init__()
        ids = count(1)
        self.pending = Pending(Code(CODE), lambda: f"id{next(ids)}")
        self.now = 0.0
        self.asked: list[tuple[Asked, float]] = []
        self.freed: list[Deed] = []
        self.serial = count(1)

    @rule(asker=ASKERS, cares=st.lists(st.sampled_from([Care.CONFIRM, Care.CODE]), max_size=3))
    def ask(self, asker: Asker, cares: list[Care]) -> None:
        deeds = [
            Deed(call(SIREN, f"s{next(self.serial)}"), (), each, "HassTurnOn", AskFirst())
            for each in cares
        ]
        self.asked += [(each, self.now) for each in self.pending.ask(deeds, asker, self.now)]

    @rule(asker=ASKERS)
    def say_yes(self, asker: Asker) -> None:
        if found := self.pending.yes(asker, self.now):
            assert found.asker == asker
            assert all(each.care is Care.CONFIRM for each in found.deeds)
            self._free(found, YES_WITHIN)

    @rule(
        wanted=st.none() | st.integers(1, 9).map("id{}".format), code=st.sampled_from([CODE, "1"])
    )
    def give(self, wanted: str | None, code: str) -> None:
        found = self.pending.confirm(wanted, code, self.now)
        if isinstance(found, Asked):
            assert code == CODE
            assert wanted in (None, found.id)
            assert all(each.care is Care.CODE for each in found.deeds)
            self._free(found, CODE_WITHIN)

    @rule(asker=ASKERS)
    def say_no(self, asker: Asker) -> None:
        self.pending.no(asker, self.now)
        assert self.pending.waiting(asker, self.now) == ()

    @rule(seconds=st.floats(0, 50))
    def wait(self, seconds: float) -> None:
        self.now += seconds

    def _free(self, found: Asked, within: float) -> None:
        (asked_at,) = [at for asked, at in self.asked if asked == found]
        assert self.now < asked_at + within
        self.freed += found.deeds

    @invariant()
    def nothing_is_freed_twice(self) -> None:
        services = [each.call.service for each in self.freed]
        assert len(services) == len(set(services))


test_whatever_is_said_in_whatever_order = Waiting.TestCase
