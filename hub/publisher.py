"""Turns and states in the words of MQTT. Nothing that was not understood has words here."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hub.messages import NotHeard, Wake
from hub.messages import Seconds as PipeSeconds
from hub.timekeeping.summary import Summary
from hub.turn import CodeWanted as Wanted
from hub.turn import Turn
from integrations.hermes import told
from integrations.mqtt import Mqtt
from integrations.payload import LINE_LIMIT, NAME_LIMIT
from integrations.payloads import (
    Action,
    CodeAnswered,
    CodeWanted,
    Event,
    Latency,
    NotUnderstood,
    Recognized,
    Seconds,
    State,
    Timers,
    WakeWord,
    post,
)
from integrations.topics import Post, Topics
from intents.wishes import Slot


@dataclass
class Publisher:
    mqtt: Mqtt
    topics: Topics

    def wake(self, number: int, wake: Wake) -> None:
        self._send(WakeWord(turn=number, word=wake.word, score=round(wake.score, 3)))

    def turn(self, number: int, turn: Turn, area: str | None) -> tuple[Post, ...]:
        """One event for each wish, and how long it took; gives what was published."""
        events = [_recognized(number, turn, index, area) for index in range(len(turn.wishes))]
        posts = [self._send(event) for event in events]
        if turn.seconds.total:
            posts.append(self._send(Latency(ms=round(turn.seconds.total * 1000, 1))))
        return tuple(posts)

    def not_heard(self, number: int, turn: NotHeard) -> Post:
        return self._send(
            NotUnderstood(
                turn=number,
                reason=turn.reason,
                confidence=turn.confidence,
                seconds=_seconds(turn.seconds),
            )
        )

    def code_wanted(self, wanted: Wanted, now: datetime) -> None:
        expires = (now + timedelta(seconds=wanted.seconds)).isoformat(timespec="seconds")
        text = wanted.text[:LINE_LIMIT]
        self._send(CodeWanted(id=wanted.id, text=text, expires=expires))

    def code_answered(self, answered: CodeAnswered) -> None:
        self._send(answered)

    def timers(self, summary: Summary) -> None:
        self._send(
            Timers(
                running=summary.timers,
                next_timer=_moment(summary.next_timer),
                next_alarm=_moment(summary.next_alarm),
                ringing=summary.ringing,
            )
        )

    def state(self, payload: State) -> None:
        self._send(payload)

    def _send(self, payload: State | Event) -> Post:
        message = post(self.topics, payload)
        self.mqtt.publish(message)
        if (
            self.topics.hermes
            and isinstance(payload, Event)
            and (same := told(self.topics, payload))
        ):
            self.mqtt.publish(same)
        return message


def _recognized(number: int, turn: Turn, index: int, area: str | None) -> Recognized:
    wish = turn.wishes[index]
    return Recognized(
        turn=number,
        intent=wish.intent,
        slots={name: _short(value) for name, value in wish.slots.items()},
        area=area,
        confidence=turn.confidence,
        actions=tuple(
            Action(intent=a.intent, targets=tuple(map(_cut, a.targets)), result=a.result)
            for a in turn.actions
            if a.intent == wish.intent
        )[:8],
        words=turn.words,
        seconds=_seconds(turn.seconds),
    )


def _moment(seconds: float | None) -> str | None:
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def _cut(name: str) -> str:
    return name[:NAME_LIMIT]


def _short(value: Slot) -> Slot:
    """A typed sentence may hold more than a slot may carry over MQTT."""
    return _cut(value) if isinstance(value, str) else value


def _seconds(seconds: PipeSeconds) -> Seconds:
    return Seconds(
        wake=seconds.wake,
        vad=seconds.vad,
        asr=seconds.asr,
        intent=seconds.intent,
        total=seconds.total,
    )
