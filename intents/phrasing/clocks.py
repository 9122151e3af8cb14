"""Timers, alarms, reminders: set, cancelled, asked for. English."""

from intents.phrasing.making import NATURAL, Wishes
from intents.phrasing.moments import Moment, in_units, length, moment
from intents.phrasing.places import Places
from intents.phrasing.spans import Clause, Span
from intents.phrasing.verbs import verb
from intents.wishes import Slot, Wish

_CANCEL = frozenset({"cancel", "remove", "stop", "clear", "mute"})
_LISTED = frozenset(
    {"report", "list", "tell", "show", "next", "upcoming", "any", "provide", "see", "know", "check"}
)
_CALLED = frozenset({"called", "named", "labelled", "labeled", "titled", "for", "saying"})
_ASKED_WORDS = frozenset(
    {"how", "long", "left", "remaining", "much", "many", "another", "called", "named"}
    | {"minutes", "seconds", "hours"}
    | {"done", "over", "finished", "ready", "up"}
)
_LOUD = frozenset(
    {"going", "went", "goes", "go", "fire", "smoke", "car", "burglar", "house", "no", "not"}
)
"""Beside these an alarm is one that rings by itself, or none."""
_NO_MESSAGE = frozenset({"who", "what", "how", "why", "when", "where", "before", "after"})
_ENDED = frozenset({"disable", "deactivate", "kill", "unset"})
_LEFT = ("left", "remaining")
_PAUSES = {"pause": "HassPauseTimer", "resume": "HassUnpauseTimer"}
_BARE = 2
"""Words of an alarm without a verb: "alarm clock"."""
_PREPOSITIONS = frozenset({"in", "at", "on", "by", "for", "around"})
_MOST = 6
"""Words of a name."""


def alarmed(clause: Clause, _places: Places) -> Wishes:
    """As "wake me at seven", "what alarms do I have?", "get rid of my eight am alarm"."""
    woken = _wakes(clause) and "alarm" not in clause.values("kind")
    if "alarm" not in clause.values("kind") and not woken:
        return None
    if _other_kind(clause, "alarm") or not _LOUD.isdisjoint(clause.tokens):
        return None
    when = moment(clause, bare=True)
    if "change" in clause.values("act") or _is_lesson(clause):
        return None
    if _cancels(clause):
        every = {"all": "all"} if _every(clause) and not when.slots else {}
        slots = {k: v for k, v in when.slots.items() if k in ("time", "half", "date")}
        return (Wish("HubCancelAlarm", {**slots, **every}, NATURAL),)
    if not woken and _asks(clause):
        slots = {k: v for k, v in when.slots.items() if k in ("time", "half", "date")}
        return (Wish("HubAlarmStatus", slots, NATURAL),)
    name = _name(clause, when)
    wanted = bool(clause.having("act")) or bool(when.slots) or clause.having("turn")
    if name is None or not (wanted or len(clause.tokens) <= _BARE or woken):
        return None
    if not when.slots and (verb(clause) == "on" or _is_lesson(clause)):
        return None
    named: dict[str, Slot] = {"name": name} if name else {}
    return tuple(Wish("HubSetAlarm", {**each, **named}, NATURAL) for each in _moments(clause, when))


def _is_lesson(clause: Clause) -> bool:
    """As "how do I set an alarm?"."""
    lessons = (("how", "do"), ("how", "to"), ("what", "is", "a"), ("what", "time", "should"))
    return any(clause.tokens[: len(each)] == each for each in lessons)


def _moments(clause: Clause, when: Moment) -> list[dict[str, Slot]]:
    """As "alarms for six and half past six": each has its own."""
    if "alarms" not in clause.tokens:
        return [when.slots]
    times = [s for s in clause.spans if s.has("clock") or _is_hour_of(clause, s)]
    if len(times) < 2:  # noqa: PLR2004 one is no several
        return [when.slots]
    others = {k: v for k, v in when.slots.items() if k not in ("time", "half")}
    one = [moment(Clause(clause.tokens, (span,)), bare=True).slots for span in times]
    return [{**others, **each} for each in one]


def _is_hour_of(clause: Clause, span: Span) -> bool:
    following = clause.tokens[span.end : span.end + 1]
    return span.has("number") and "unit" not in span.meanings and following != ("alarms",)


def reminded(clause: Clause, _places: Places) -> Wishes:
    """As "remind me to call mum at six", "what are my reminders?"."""
    tokens = clause.tokens
    if "remind" in tokens[:6]:
        return _reminder(clause, tokens.index("remind") + 1)
    if "reminder" not in clause.values("kind") or clause.values("kind") & {"alarm", "timer"}:
        return None
    at = next(i for i, word in enumerate(tokens) if word.startswith("reminder"))
    if _cancels(clause):
        message = _message(clause, at + 1, Moment())
        every = {"all": "all"} if _every(clause) or tokens[at] == "reminders" else {}
        text: dict[str, Slot] = {"message": message} if message else dict(every)
        return (Wish("HubCancelReminder", text, NATURAL),)
    if _asks(clause):
        return (Wish("HubReminderStatus", {}, NATURAL),)
    return _reminder(clause, at + 1)


def _reminder(clause: Clause, at: int) -> Wishes:
    when = moment(clause, usual=True)
    message = _message(clause, at, when)
    if not message or message.split()[0] in _NO_MESSAGE:
        return None
    return (Wish("HubSetReminder", {**when.slots, "message": message}, NATURAL),)


def _message(clause: Clause, at: int, when: Moment) -> str:
    """What to be reminded of, less when."""
    skipped = {"me", "us", "to", "that", "about", "of", "please", "i", "need", "for", "a", "the"}
    kept: list[str] = []
    for span in clause.spans:
        leads = span.end in when.starts and clause.tokens[span.start] in _PREPOSITIONS
        if span.start < at or span.start in when.starts or leads:
            continue
        kept += clause.tokens[max(at, span.start) : span.end]
    while kept and kept[0] in skipped:
        kept.pop(0)
    while kept and kept[-1] in ("at", "on", "in", "by", "around", "from", "now"):
        kept.pop()
    return " ".join(kept)


_MOMENTS = frozenset({"when", "once", "until", "after", "if", "unless"})
"""In front of a timer that is spoken of, but not asked for."""


def timed(clause: Clause, _places: Places) -> Wishes:
    """As "time me for ten minutes", "five more minutes on the timer", "how long is left?"."""
    if not ("timer" in clause.values("kind") or clause.said("time", "me") or _counts(clause)):
        return None
    others = _other_kind(clause, "timer") or _is_behind_another(clause)
    if others or not (_LOUD | _MOMENTS).isdisjoint(clause.tokens):
        return None
    span = next(iter(clause.having("duration")), None)
    name = _timer_name(clause)
    named: dict[str, Slot] = {"name": name} if name else {}
    if _counts(clause) and not clause.having("ref"):
        return (Wish("HassStartTimer", {**length(clause), **named}, NATURAL),)
    if _cancels(clause):
        if _every(clause):
            return (Wish("HassCancelAllTimers", {}, NATURAL),)
        return (Wish("HassCancelTimer", {**length(clause, "start_"), **named}, NATURAL),)
    if (intent := _PAUSES.get(verb(clause) or "")) is not None:
        return (Wish(intent, {**length(clause, "start_"), **named}, NATURAL),)
    if _asks(clause) or clause.said("left") or clause.said("remaining"):
        return (Wish("HassTimerStatus", {**length(clause, "start_"), **named}, NATURAL),)
    if span is None:
        slots = _bare_minutes(clause)
        return (Wish("HassStartTimer", {**slots, **named}, NATURAL),) if slots else None
    if clause.values("act") & {"add", "more", "less"} or clause.said("longer"):
        intent = "HassDecreaseTimer" if "less" in clause.values("act") else "HassIncreaseTimer"
        return (Wish(intent, {**length(clause), **named}, NATURAL),)
    return (Wish("HassStartTimer", {**length(clause), **named}, NATURAL),)


def _counts(clause: Clause) -> bool:
    """As "add two minutes to it", "count down from ten minutes", "tell me in a quarter of an hour":
    only timers have minutes.
    """
    told = clause.said("count", "down") or clause.said("tell", "me", "in")
    told = told or clause.said("know", "in")
    told = told or (clause.said("let", "me", "know") and clause.tokens[-1:] == ("up",))
    if told and clause.having("duration"):
        return True
    adds = clause.values("act") & {"add", "more"} and clause.having("duration")
    return bool(adds) and bool(clause.having("ref")) and clause.within("act", "duration", "ref")


def another(clause: Clause) -> Wishes:
    """Behind a timer: "... and another for five minutes called eggs"."""
    name = _timer_name(clause)
    named: dict[str, Slot] = {"name": name} if name else {}
    slots = length(clause)
    return (Wish("HassStartTimer", {**slots, **named}, NATURAL),) if slots else None


def _bare_minutes(clause: Clause) -> dict[str, Slot]:
    """As "an egg timer for five"."""
    bare = next((s for s in clause.having("number") if "unit" not in s.meanings), None)
    return in_units(round(bare.amount * 60)) if bare and isinstance(bare.amount, float) else {}


def left(clause: Clause, _places: Places) -> Wishes:
    """As "how long is left?": nothing but a timer runs out."""
    asked = clause.said("how", "long") or clause.said("how", "much") or clause.said("what", "time")
    if not asked or clause.tokens[-1] not in _LEFT or len(clause.tokens) > _MOST:
        return None
    return (Wish("HassTimerStatus", {}, NATURAL),)


def snoozed(clause: Clause, _places: Places) -> Wishes:
    """As "snooze for ten minutes"."""
    if clause.tokens[:1] != ("snooze",):
        return None
    span = next(iter(clause.having("duration")), None)
    minutes = span.amount // 60 if span and isinstance(span.amount, int) else 0
    return (Wish("HubSnooze", {"minutes": minutes} if minutes else {}, NATURAL),)


def _is_behind_another(clause: Clause) -> bool:
    """As in "turm on the lamp and set a timer": what stands before is a wish too, and no name."""
    joint = next((at for at, span in enumerate(clause.spans) if span.has("conj")), None)
    if not joint or joint + 1 == len(clause.spans):
        return False
    begins = clause.tokens[clause.spans[joint + 1].start] in _BEGINS
    return begins and any(not span.has("skip") for span in clause.spans[:joint])


_BEGINS = frozenset({"set", "start", "make", "begin", "put", "give", "add", "cancel", "stop"})
_BEGINS |= {"turn", "switch", "close", "open"}


def _timer_name(clause: Clause) -> str:
    """As "a pasta timer", "a timer for the eggs": words that mean nothing else."""
    kept = [
        s
        for s in clause.spans
        if (s.is_unknown or s.meanings.keys() <= {"kind", "mood"})
        and clause.tokens[s.start] not in _ASKED_WORDS
    ]
    tokens = [
        word
        for span in kept
        if span.meanings.get("kind") != "timer"
        for word in clause.tokens[span.start : span.end]
    ]
    return " ".join(tokens) if len(tokens) <= _MOST else ""


def _name(clause: Clause, when: Moment) -> str | None:
    """An alarm's name, or None where too much of what was said means nothing."""
    unknown = [s for s in clause.spans if s.is_unknown and s.start not in when.starts]
    words = [w for s in unknown for w in clause.tokens[s.start : s.end] if w not in _PLAIN]
    if not words:
        return ""
    return " ".join(words) if len(words) <= _MOST and _CALLED & set(clause.tokens) else None


_PLAIN = frozenset({"wake", "wakeup", "early", "alert", "another", "get", "up", *_CALLED})


def _wakes(clause: Clause) -> bool:
    wake = clause.said("wake", "me") or clause.said("wake", "us") or clause.said("get", "me", "up")
    alert = clause.said("alert", "me") and bool(
        [s for s in clause.spans if s.has("duration") or s.has("clock")]
    )
    risen = clause.said("get", "up") and bool(clause.having("clock"))
    return wake or clause.said("wake", "up") or alert or risen


def _cancels(clause: Clause) -> bool:
    off = clause.first("part") == "off"
    ended = not _ENDED.isdisjoint(clause.tokens)
    return ended or not _CANCEL.isdisjoint(clause.values("act")) or off or clause.said("rid")


def _every(clause: Clause) -> bool:
    plural = any(word in clause.tokens for word in ("alarms", "timers"))
    return "all" in clause.values("quant") or plural or "any" in clause.tokens


def _asks(clause: Clause) -> bool:
    return bool(clause.having("ask")) or not _LISTED.isdisjoint(clause.tokens)


def _other_kind(clause: Clause, kind: str) -> bool:
    """The burglar alarm is none that rings in the morning: other things are spoken of besides."""
    others = clause.values("kind") - {kind, "light", "scene", "list"}
    return bool(others) or any(
        span.has("thing") and span.meanings.get("kind") != kind for span in clause.spans
    )
