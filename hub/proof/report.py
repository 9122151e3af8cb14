"""The verdicts in plain words, and as one JSON object. Pure."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from hub.ledger.words import amount
from hub.proof.judge import Finding, Verdict
from hub.proof.kept import LastProof
from hub.proof.runs import HONEST, Run
from hub.proof.settings import TOPICS
from integrations.payloads import OUT, Recognized
from integrations.wall_payloads import Door, Privacy

_WIDTH, _INDENT = 80, "      "
_SHOWN = 8
"""Findings of a control that are listed."""

P = TypeVar("P", Door, Privacy, Recognized)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A run and how it was judged. `reached`: it showed what it was to show; `last_words`: what it
    printed last; `seconds` it took.
    """

    run: Run
    verdict: Verdict
    reached: bool
    last_words: str
    seconds: float

    @property
    def as_it_must(self) -> bool:
        """A run that must be caught is, for each reason; any other holds."""
        found = {finding.kind for finding in self.verdict.findings}
        right = self.run.caught <= found if self.run.caught else not found
        return right and self.reached


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A run in `--json`. `packets` and `bytes` from the house; `told`: TCP payload to the broker;
    `ledger` null: this run keeps none.
    """

    name: str
    about: str
    must_be_caught: bool
    as_it_must: bool
    reached: bool
    seconds: float
    packets: int
    bytes: int
    told: int
    ledger: int | None
    publishes: int
    elsewhere: dict[str, int]
    findings: tuple[Finding, ...]


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """The object of `--json`. `level`: of the seal, as the hub itself published it."""

    holds: bool
    seconds: float
    level: str | None
    runs: tuple[Told, ...]


def holds(outcomes: Sequence[Outcome]) -> bool:
    return bool(outcomes) and all(outcome.as_it_must for outcome in outcomes)


def as_json(outcomes: Sequence[Outcome], seconds: float) -> str:
    proof = Proof(
        holds=holds(outcomes),
        seconds=round(seconds, 1),
        level=_level(_honest(outcomes)),
        runs=tuple(map(_told, outcomes)),
    )
    return msgspec.json.encode(proof).decode()


def in_short(outcomes: Sequence[Outcome], seconds: float, at: float) -> LastProof:
    """What is kept of it."""
    return LastProof(
        at=at,
        holds=holds(outcomes),
        runs=len(outcomes),
        seconds=round(seconds, 1),
        level=_level(_honest(outcomes)),
    )


def as_text(outcomes: Sequence[Outcome], seconds: float) -> str:
    verdict = "The proof holds" if holds(outcomes) else "THE PROOF DOES NOT HOLD"
    return "\n".join(
        (
            "The hub at work",
            *_evidence(_honest(outcomes)),
            "",
            "What must hold",
            *(row for each in outcomes if not each.run.caught for row in _rows(each)),
            "",
            "What must be caught, or the proof could not fail",
            *(row for each in outcomes if each.run.caught for row in _rows(each)),
            "",
            f"{verdict}: {len(outcomes)} runs, {seconds:.0f} s.",
        )
    )


def mark(outcome: Outcome) -> str:
    """One line for a run that is over."""
    return f"{'ok' if outcome.as_it_must else '!!'}  {outcome.run.about}"


def _honest(outcomes: Sequence[Outcome]) -> Outcome:
    return next(outcome for outcome in outcomes if outcome.run.name == HONEST)


def _evidence(outcome: Outcome) -> Iterator[str]:
    verdict = outcome.verdict
    sent, took = verdict.sent, f"{outcome.seconds:.0f} s"
    others = sum(packets for _, packets in verdict.elsewhere)
    ends = (("camera", verdict.asked), ("satellite", verdict.answered))
    known = "".join(
        f"its {who} {n.packets:,} ({amount(n.bytes)}), " for who, n in ends if n.packets
    )
    broker = sent.packets - others - sum(n.packets for _, n in ends)
    size = sum(len(publish.payload) for publish in verdict.publishes)
    wrong = sum(finding.kind == "form" for finding in verdict.findings)
    understood = len(tuple(_of(verdict, Recognized)))
    ledger = "none was kept" if verdict.ledger is None else amount(verdict.ledger)
    yield f"  sent        {sent.packets:,} packets of {amount(sent.bytes)} in {took}"
    yield f"  to whom     the broker {broker:,}, {known}anybody else {others:,}"
    yield f"  published   {len(verdict.publishes)} messages of {amount(size)}, {wrong} out of form"
    yield f"  understood  {understood} command{'' if understood == 1 else 's'}"
    yield f"  ledger      {ledger}; on the wire {amount(verdict.told)}"
    yield f"  level       {_level(outcome) or 'not told'}"


def _rows(outcome: Outcome) -> Iterator[str]:
    yield f"  {mark(outcome)}"
    if not outcome.reached:
        yield from _wrapped(f"not seen: {outcome.run.shows}; it said last: {outcome.last_words}")
    yield from _wrapped(_summary(outcome))


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT)


def _summary(outcome: Outcome) -> str:
    verdict = outcome.verdict
    if verdict.findings:
        words = [finding.words for finding in verdict.findings]
        more = f"; and {len(words) - _SHOWN} more" if len(words) > _SHOWN else ""
        return "; ".join(words[:_SHOWN]) + more
    refused = max((door.refused for door in _of(verdict, Door)), default=0)
    door = f"; {refused:,} messages refused at the word door" if refused else ""
    return f"{verdict.sent.packets:,} packets, none but to the broker{door}"


def _level(outcome: Outcome) -> str | None:
    levels = [privacy.level for privacy in _of(outcome.verdict, Privacy)]
    return levels[-1] if levels else None


def _of(verdict: Verdict, kind: type[P]) -> Iterator[P]:
    """The publishes of this type, in their order."""
    for publish in verdict.publishes:
        if TOPICS.place(publish.topic) == OUT[kind]:
            try:
                yield msgspec.json.decode(publish.payload, type=kind)
            except msgspec.MsgspecError:
                continue


def _told(outcome: Outcome) -> Told:
    verdict = outcome.verdict
    return Told(
        name=outcome.run.name,
        about=outcome.run.about,
        must_be_caught=bool(outcome.run.caught),
        as_it_must=outcome.as_it_must,
        reached=outcome.reached,
        seconds=round(outcome.seconds, 1),
        packets=verdict.sent.packets,
        bytes=verdict.sent.bytes,
        told=verdict.told,
        ledger=verdict.ledger,
        publishes=len(verdict.publishes),
        elsewhere=dict(verdict.elsewhere),
        findings=verdict.findings,
    )
