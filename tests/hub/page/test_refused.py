"""What was refused is put right with a tap: done, learned, counted; and no word of it is kept."""

import json
from typing import Any

import pytest

from hub.asker import Asker
from hub.messages import Tuned, Wake
from hub.turn import Turn
from hub.why.trace import Origin
from tests.hub.page.parts import Stage

SAID = "turn on the sun"
MEANT = "turn on the Kitchen Light"


async def told(page: Stage, name: str, body: object, status: int = 200) -> dict[str, Any]:
    answer = await page.do(name, body)
    found = await answer.json()
    assert answer.status == status, found
    assert isinstance(found, dict)
    return found


def woken(page: Stage, score: float) -> float:
    """A turn in which nothing was said; gives its moment."""
    wake = Wake(source="senses", turn=1, word="hey_jarvis", score=score)
    household = page.parts.household
    household.why.woke(wake)
    origin = Origin(Asker("voice", "Kitchen"), reason="no_speech")
    household.why.ended(Turn(()), origin, household.conversation.backend.home)
    return household.why.last(1)[0].at


async def test_the_sentence_that_was_meant_is_done_and_its_name_learned(page: Stage) -> None:
    first = await told(page, "ask", {"text": SAID})
    assert first["words"] is None
    assert MEANT in [each["sentence"] for each in first["nearest"]]
    found = await told(page, "meant", {"sentence": MEANT, "said": SAID})
    assert found["turn"]["actions"][0]["targets"] == ["Kitchen Light"]
    assert (found["learned"], found["objection"]) == ("sun", "")
    again = await told(page, "ask", {"text": SAID})
    assert again["actions"][0]["result"] == "done"
    await told(page, "unlearn", {"name": "sun"})
    assert (await told(page, "ask", {"text": SAID}))["words"] is None
    await told(page, "unlearn", {"name": "sun"}, 409)


async def test_a_yes_does_not_do_it_once_more(page: Stage) -> None:
    await told(page, "ask", {"text": SAID})
    await told(page, "meant", {"sentence": MEANT})
    after = await told(page, "ask", {"text": "yes"})
    assert after["actions"] == []


async def test_what_was_spoken_is_done_and_nothing_is_learned(page: Stage) -> None:
    found = await told(page, "meant", {"sentence": MEANT, "area": "Kitchen"})
    assert found["turn"]["actions"][0]["result"] == "done"
    assert found["learned"] == ""
    assert page.parts.household.aliases.all == ()


async def test_a_lock_gets_no_other_name_and_stays_as_careful(page: Stage) -> None:
    said = {"sentence": "unlock the front door", "said": "unlock the street door"}
    found = await told(page, "meant", said)
    assert found["learned"] == ""
    assert [each["result"] for each in found["turn"]["actions"]] != ["done"]
    assert page.parts.household.aliases.all == ()


@pytest.mark.parametrize(
    "body", [{"sentence": "the pineapple sings"}, {"sentence": MEANT, "area": "Moon"}]
)
async def test_what_is_no_sentence_of_this_home(page: Stage, body: object) -> None:
    await told(page, "meant", body, 409)


async def test_no_word_of_what_was_refused_is_kept(page: Stage) -> None:
    await told(page, "ask", {"text": "turn on the pineapple machine"})
    await told(page, "meant", {"sentence": MEANT, "said": "sing of the pineapple"})
    kept = page.parts.household.why.last(9)
    assert "pineapple" not in json.dumps([str(each.turn) for each in kept])


async def test_a_false_alarm_is_counted_and_a_lower_sensitivity_offered(page: Stage) -> None:
    clear, faint = woken(page, 0.97), woken(page, 0.6)
    found = await told(page, "alarm", {"at": faint, "false": True})
    assert found == {"count": 1, "sensitivity": 0.5, "proposed": 0.38}
    found = await told(page, "alarm", {"at": clear, "false": True})
    assert (found["count"], found["proposed"]) == (2, None)
    found = await told(page, "alarm", {"at": clear, "false": False})
    assert (found["count"], found["proposed"]) == (1, None)
    assert page.parts.household.why.last(1)[0].false_alarm
    await told(page, "alarm", {"at": 1.0, "false": True}, 409)


async def test_what_senses_has_heard_goes_first(page: Stage) -> None:
    household = page.parts.household
    household.status.senses = "ready"
    tuned = Tuned(source="senses", sensitivity=0.31, words=5, missed=0, others=4, waking=0)
    ask = household.tuner.to_senses

    def answer(message: object) -> None:
        household.tuner.take(tuned)

    household.tuner.to_senses = answer
    found = await told(page, "alarm", {"at": woken(page, 0.6), "false": True})
    assert found["proposed"] == 0.31
    household.tuner.to_senses = ask
    await told(page, "sensitivity", {"value": found["proposed"]})
    assert household.sensitivity == 0.31
