"""A turn explained in a sentence or two, as it is spoken when somebody asks why. Pure."""

from collections.abc import Iterable
from itertools import zip_longest

from hub.phrases import known, phrase
from hub.turn import Action
from hub.why.because import Because
from hub.why.trace import Trace

_VERBS = {
    ("HassTurnOn", "cover"): "open",
    ("HassTurnOn", "valve"): "open",
    ("HassTurnOn", "lock"): "lock",
    ("HassTurnOn", "scene"): "run",
    ("HassTurnOn", "script"): "run",
    ("HassTurnOff", "cover"): "close",
    ("HassTurnOff", "valve"): "close",
    ("HassTurnOff", "lock"): "unlock",
}
_USUAL = {"HassTurnOn": "on", "HassTurnOff": "off"}


def explain(trace: Trace | None, language: str) -> str:
    """In English or German; English for any other language. None: nothing is remembered."""
    if trace is None:
        return phrase("why_nothing", language)
    if not trace.turn.wishes:
        return _not_understood(trace, language)
    heard = _heard(trace, language)
    actions = trace.turn.actions
    if actions and all(each.result == "done" and each.targets for each in actions):
        reasons = zip_longest(actions, trace.because[: len(actions)])
        done = _joined([_done(*each, language) for each in reasons], language)
        # Of several deeds each would have its own reason: too long to listen to.
        because = _because(next(iter(trace.because), None), language) if len(actions) == 1 else ""
        return phrase("why_did", language, heard=heard, done=done, because=because)
    if trace.turn.reply:
        return phrase("why_said", language, heard=heard, reply=trace.turn.reply)
    return phrase("why_granted", language, heard=heard)


def _not_understood(trace: Trace, language: str) -> str:
    if trace.reason in ("no_speech", "sound_lost") and trace.wake:
        return phrase(f"why_{trace.reason}", language, sure=_percent(trace.wake.score))
    if trace.reason == "too_much":
        return phrase("why_too_much", language)
    if trace.candidates:
        return phrase("why_not_understood", language, nearest=trace.candidates[0].sentence)
    return phrase("why_unlike", language)


def _heard(trace: Trace, language: str) -> str:
    words, sure = trace.turn.words, _percent(trace.turn.confidence)
    if trace.asker.way != "voice" and words:
        return phrase("why_read", language, words=words)
    if words:
        return phrase("why_heard", language, words=words, sure=sure)
    return phrase("why_unheard", language, sure=sure)


def _done(action: Action, because: Because | None, language: str) -> str:
    names = _joined([phrase("named", language, name) for name in action.targets], language)
    domain = because.domain if because else ""
    verb = _VERBS.get((action.intent, domain), _USUAL.get(action.intent, "set"))
    return phrase(f"did_{verb}", language, names)


def _because(because: Because | None, language: str) -> str:
    if because is None:
        return ""
    if because.kind == "named":
        return phrase("why_named", language)
    key = f"{because.kind}_{because.domain}"
    kind = phrase(key if known(key, language) else f"{because.kind}_thing", language)
    where = "" if because.place else "_home"
    return phrase(f"why_{because.kind}{where}", language, kind=kind, place=because.place)


def _joined(parts: Iterable[str], language: str) -> str:
    *first, last = parts
    return phrase("and", language, ", ".join(first), value=last) if first else last


def _percent(share: float) -> str:
    return str(round(share * 100))
