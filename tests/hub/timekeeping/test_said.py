"""Conversations about time: who says what when, what is answered, and what is told at its time."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from hub.timekeeping.announcements import Due
from hub.timekeeping.keeper import Timekeeper
from hub.timekeeping.store import FILE, File
from hub.timekeeping.sun import Place
from intents.answers import Answers
from intents.wishes import Slot, Wish

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 11, 23, 20, 30, tzinfo=BERLIN)


class Evening:
    """A Monday evening with a timekeeper; `after`: minutes later."""

    def __init__(self, language: str, place: Place | None = None) -> None:
        self.keeper = Timekeeper(Answers(language), language, place=lambda: place)
        self.now = MONDAY

    def say(self, intent: str, **slots: Slot) -> str:
        return self.keeper.take(Wish(intent, slots), None, self.now).reply

    def after(self, minutes: float) -> list[str]:
        """What is told then, and the commands that are done."""
        self.now += timedelta(minutes=minutes)
        found = self.keeper.due(self.now)
        for due in found:
            self.keeper.told(due)
        return [due.text or f"does: {due.command}" for due in found]


@pytest.fixture
def english() -> Evening:
    return Evening("en", Place(52.52, 13.405))


@pytest.fixture
def german() -> Evening:
    return Evening("de", Place(52.52, 13.405))


def test_alarms(english: Evening) -> None:
    assert english.say("HubAlarmStatus") == "You have no alarm."
    assert english.say("HubSetAlarm") == "Sorry, I need to know when."
    set_ = english.say("HubSetAlarm", time="07:00", half="either")
    assert set_ == "Alarm set for 7 tomorrow morning"
    assert english.say("HubCancelAlarm", time="07:00") == "Alarm for 7 tomorrow morning cancelled"
    english.say("HubSetAlarm", time="06:30", repeat="weekdays")
    english.say("HubSetAlarm", time="09:00", date="saturday")
    assert english.say("HubAlarmStatus") == "Your alarms: 6:30 on weekdays, and 9 on Saturday."
    which = "Which one? 6:30 on weekdays, and 9 on Saturday."
    assert english.say("HubCancelAlarm") == which
    assert english.say("HubAlarmStatus", date="saturday") == "Your alarm is set for 9 on Saturday."
    assert english.say("HubCancelAlarm", all="all") == "2 alarms cancelled"


def test_wecker(german: Evening) -> None:
    assert german.say("HubAlarmStatus") == "Kein Wecker ist gestellt."
    assert german.say("HubSetAlarm", time="07:00") == "Der Wecker klingelt morgen um 7 Uhr"
    german.say("HubSetAlarm", time="18:30", repeat="weekdays", name="Gassi")
    wecker = "Deine Wecker: morgen um 7 Uhr und Gassi werktags um 18 Uhr 30."
    assert german.say("HubAlarmStatus") == wecker
    assert german.say("HubCancelAlarm", name="gassi").endswith("ist gelöscht")


@pytest.mark.parametrize(
    ("time", "date", "english", "german"),
    [
        ("00:00", "tomorrow", "midnight tonight", "morgen um 0 Uhr"),
        ("12:00", "tomorrow", "noon tomorrow", "morgen um 12 Uhr"),
        ("22:15", "today", "10:15 tonight", "heute um 22 Uhr 15"),
        ("02:05", "tomorrow", "2:05 tomorrow morning", "morgen um 2 Uhr 5"),
        ("15:45", "saturday", "3:45 on Saturday afternoon", "am Samstag um 15 Uhr 45"),
        ("09:00", "12-03", "9 on December 3", "am 3. Dezember um 9 Uhr"),
        ("19:00", "12-03", "7 in the evening on December 3", "am 3. Dezember um 19 Uhr"),
    ],
)
def test_moments_as_one_says_them(time: str, date: str, english: str, german: str) -> None:
    assert Evening("en").say("HubSetAlarm", time=time, date=date) == f"Alarm set for {english}"
    assert Evening("de").say("HubSetAlarm", time=time, date=date) == f"Der Wecker klingelt {german}"


def test_one_day_is_left_out_of_an_alarm_of_every_day(english: Evening) -> None:
    english.say("HubSetAlarm", time="07:00", repeat="daily")
    skipped = english.say("HubCancelAlarm", date="tomorrow")
    assert skipped == "I'll skip the alarm at 7 tomorrow morning"
    assert english.after(12 * 60) == []
    assert english.after(22.5 * 60) == ["It's 7. This is your alarm."]
    assert english.say("HubAlarmStatus") == "Your alarm is set for 7 every day."


def test_it_rings_until_it_is_stopped(english: Evening) -> None:
    english.say("HassStartTimer", minutes=10, name="pasta")
    assert english.after(9.9) == []
    assert english.after(0.1) == ["Your pasta timer is done."]
    assert english.after(0.1) == []
    assert english.after(0.3) == ["Your pasta timer is done."]
    assert english.after(5) == ["Your pasta timer ended 5 minutes ago."]
    stopped = english.keeper.stop()
    assert stopped is not None
    assert stopped.reply == "Stopped"
    assert english.after(1) == []
    assert english.keeper.stop() is None


def test_nobody_stops_it_and_it_ends_after_ten_minutes(english: Evening) -> None:
    english.say("HubSetAlarm", time="21:00")
    told = [english.after(1 / 3) for _ in range(3 * 45)]
    assert sum(map(len, told)) == 30
    assert english.say("HubAlarmStatus") == "You have no alarm."


@pytest.mark.parametrize("slots", [{}, {"name": "Pasta"}])
def test_cancel_means_the_one_that_rings(english: Evening, slots: dict[str, Slot]) -> None:
    english.say("HassStartTimer", minutes=1, name="pasta")
    english.say("HassStartTimer", minutes=30, name="cake")
    english.after(1)
    assert english.say("HassCancelTimer", **slots) == "Timer cancelled"
    assert english.after(1) == []
    assert english.say("HassTimerStatus").startswith("28 minutes")


def test_snooze(english: Evening) -> None:
    assert english.say("HubSnooze") == "Nothing is ringing."
    english.say("HubSetAlarm", time="21:00", name="bins")
    assert english.after(30) == ["It's 9: bins."]
    assert english.say("HubSnooze") == "Snoozed for 9 minutes"
    assert english.after(8.9) == []
    assert english.after(0.2) == ["It's 9:09: bins."]
    assert english.say("HubSnooze", minutes=1) == "Snoozed for 1 minute"
    assert english.after(1) == ["It's 9:10: bins."]


def test_reminders(english: Evening) -> None:
    what = "Sorry, I need to know what to remind you of."
    assert english.say("HubSetReminder", time="21:00") == what
    said = english.say("HubSetReminder", time="21:00", message="call mum")
    assert said == "Reminder set for 9 this evening: call mum"
    english.say("HubSetReminder", date="friday", message="the dentist")
    listed = "Your reminders: call mum at 9 this evening, and the dentist at 9 on Friday."
    assert english.say("HubReminderStatus") == listed
    assert english.say("HubCancelReminder", message="dentist") == "Reminder cancelled: the dentist"
    assert english.after(30) == ["A reminder: call mum."]
    assert english.after(1) == ["A reminder: call mum."]
    assert english.after(1) == []


def test_erinnerung(german: Evening) -> None:
    assert german.say("HubSetReminder", minutes=1, message="Müll") == (
        "Ich erinnere dich heute um 20 Uhr 31: Müll"
    )
    assert german.after(61) == ["Eine Erinnerung von vor einer Stunde: Müll."]


def test_commands_for_later(english: Evening) -> None:
    off: dict[str, Slot] = {"conversation_command": "turn off the lamp"}
    assert english.say("HubSchedule", minutes=10, **off) == "I'll do that in 10 minutes"
    assert english.say("HubScheduleStatus").endswith("turn off the lamp at 8:40 this evening.")
    assert english.say("HubCancelSchedule") == "Cancelled: turn off the lamp"
    assert english.say("HubCancelSchedule") == "Nothing is planned."
    english.say("HubSchedule", minutes=10, **off)
    assert english.after(10) == ["does: turn off the lamp"]
    assert english.after(10) == []


def test_when_the_timer_ends(english: Evening) -> None:
    wish: dict[str, Slot] = {"event": "timer", "conversation_command": "turn on the light"}
    assert english.say("HubSchedule", **wish) == "Sorry, I couldn't find that timer"
    english.say("HassStartTimer", minutes=5)
    assert english.say("HubSchedule", **wish) == "I'll do that when the timer ends"
    english.say("HassIncreaseTimer", minutes=5)
    assert english.after(5) == []
    assert english.after(5) == ["Your timer is done.", "does: turn on the light"]


def test_a_cancelled_timer_takes_with_it_what_was_to_follow(english: Evening) -> None:
    english.say("HassStartTimer", minutes=5)
    english.say("HubSchedule", event="timer", conversation_command="turn on the light")
    english.say("HassCancelTimer")
    assert english.say("HubScheduleStatus") == "Nothing is planned."


def test_sunset(english: Evening, german: Evening) -> None:
    close: dict[str, Slot] = {"event": "sunset", "conversation_command": "close the blinds"}
    said = "I'll do that at sunset, at 4:02 tomorrow afternoon"
    assert english.say("HubSchedule", **close) == said
    assert german.say("HubSchedule", repeat="daily", **close) == (
        "Das mache ich täglich bei Sonnenuntergang"
    )
    assert german.after(19.7 * 60) == ["does: close the blinds"]
    assert "täglich" in german.say("HubScheduleStatus")
    nowhere = Evening("en").say("HubSchedule", **close)
    assert nowhere.startswith("Sorry, I don't know where the house stands")


def test_what_is_late_is_told_late(english: Evening) -> None:
    english.say("HassStartTimer", minutes=5, name="pasta")
    assert english.after(17) == ["Your pasta timer ended 12 minutes ago."]
    english.keeper.stop()
    english.say("HubSetAlarm", minutes=5)
    assert english.after(5 + 26 * 60) == ["Your alarm was due 1 day and 2 hours ago."]
    assert english.after(1) == [], "so late, it is told once"
    english.say("HubSchedule", minutes=5, conversation_command="open the blinds")
    assert english.after(5 + 61) == [
        "1 hour and 1 minute ago I was to do this, and did not: open the blinds."
    ]


class Interrupted(Evening):
    def __init__(self, path: Path) -> None:
        super().__init__("en")
        self.path = path
        self.restart()

    def restart(self) -> None:
        self.keeper.close()
        said: list[str] = []
        self.keeper = Timekeeper(self.keeper.answers, store=File(self.path, said.append))

    def begin(self) -> tuple[Due, ...]:
        """What is due, and a kill before anybody knows that it was told or done."""
        found = self.keeper.due(self.now)
        self.restart()
        return found


def test_a_command_in_whose_middle_the_power_failed_is_told_not_done_twice(tmp_path: Path) -> None:
    evening = Interrupted(tmp_path / FILE)
    evening.say("HubSchedule", seconds=1, conversation_command="open the blinds")
    evening.now += timedelta(seconds=1)
    assert [due.command for due in evening.begin()] == ["open the blinds"]
    told = ["I was interrupted at this, and it may not be done: open the blinds."]
    assert evening.after(0) == told
    assert evening.after(0) == []
    evening.keeper.close()


def test_an_alarm_in_whose_beginning_the_power_failed_rings(tmp_path: Path) -> None:
    evening = Interrupted(tmp_path / FILE)
    evening.say("HubSetAlarm", minutes=1)
    evening.now += timedelta(minutes=1)
    assert len(evening.begin()) == 1
    assert evening.after(30) == ["Your alarm was due 30 minutes ago."]
    evening.keeper.close()


def test_what_cannot_be_kept_is_not_granted(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    said: list[str] = []
    keeper = Timekeeper(Answers("en"), store=File(tmp_path / "state" / FILE, said.append))
    outcome = keeper.take(Wish("HubSetAlarm", {"time": "07:00"}), None, MONDAY)
    assert outcome.reply.startswith("Sorry, I can't write that down")
    assert [action.result for action in outcome.actions] == ["failed"]
    assert keeper.summary(MONDAY).next_alarm is None


def test_others_are_told_when_but_not_what(english: Evening) -> None:
    english.say("HassStartTimer", minutes=5, name="secret")
    english.say("HubSetAlarm", time="07:00", name="secret")
    summary = english.keeper.summary(english.now)
    assert summary.timers == 1
    assert summary.next_timer == (MONDAY + timedelta(minutes=5)).timestamp()
    assert summary.next_alarm == datetime(2026, 11, 24, 7, tzinfo=BERLIN).timestamp()
    assert "secret" not in repr((summary, english.keeper))
    english.after(5)
    assert english.keeper.summary(english.now).ringing
