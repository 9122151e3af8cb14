"""An answer that the house asked for comes in without a wake word: one, and no more."""

from tests.hub.door.sessions import HOME, door, heard, wake, wish

NAME = HOME.entities[0].name


def test_one_answer_to_a_question_of_the_house() -> None:
    """Whatever senses calls the turn; and not one more, however often it is asked in between."""
    knocked, told = door(), heard(wish("HassTurnOn", name=NAME), turn=2**60)
    assert knocked.expect_answer(0.0)
    assert not knocked.expect_answer(0.0)
    assert [len(knocked.admit(told, 0.0)) for _ in range(3)] == [2, 0, 0]
    assert knocked.expect_answer(0.0)
    knocked.restarted()
    assert knocked.admit(told, 0.0) == ()
    assert knocked.refusals.exact == {"out_of_order": 3}


def test_a_wake_word_takes_the_place_of_the_answer() -> None:
    knocked, told = door(), heard(wish("HassTurnOn", name=NAME), turn=9)
    assert knocked.expect_answer(0.0)
    assert knocked.admit(wake(1), 0.0)
    assert not knocked.expect_answer(0.0)
    assert knocked.admit(told, 0.0) == ()
    assert knocked.admit(heard(wish("HassTurnOn", name=NAME)), 0.0)
    assert knocked.refusals.exact == {"out_of_order": 1}


def test_no_answer_is_asked_for_that_could_not_be_paid() -> None:
    knocked, turn = door(), 0
    while knocked.admit(wake(turn), 0.0):
        knocked.admit(heard(wish("HassTurnOn", name=NAME), turn=turn), 0.0)
        turn += 1
    assert not knocked.expect_answer(0.0)
    assert knocked.expect_answer(60.0)
