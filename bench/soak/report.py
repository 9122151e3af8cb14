"""What a soak has found, as tables of Markdown or as JSON."""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import msgspec
from aiomqtt import Client, MqttError

from bench.figures import median, percentile, show
from bench.soak.cost import Cost
from bench.soak.turns import Turn
from bench.soak.verdicts import Evidence, Said, Verdict
from bench.soak.ways import NODE
from integrations.payloads import Health

_VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
_TOLD = frozenset({"wrong", "lost", "with the broker", "hub not there", "unproven"})
"""Each of these is shown by itself."""


class Row(msgspec.Struct, frozen=True):
    """Commands of one way; those that were not sent are not among `sent`."""

    way: str
    sent: int
    counts: dict[str, int]


class Odd(msgspec.Struct, frozen=True):
    """A command that somebody should look at; `at`: seconds after the first. `understood`: as what,
    and what came of it.
    """

    at: float
    way: str
    text: str
    verdict: str
    understood: str


class Soak(msgspec.Struct, frozen=True, kw_only=True):
    """`seconds_*`: from the end of speech to the intent, of what was spoken and understood.
    `state_kb`: the state folder at first and at last. `notes`: what the hub said, and how often.
    """

    minutes: float
    rows: list[Row]
    odd: list[Odd]
    seconds_p50: float | None
    seconds_p95: float | None
    broker_killed: int
    home_killed: int
    home_away: float
    costs: list[Cost]
    health: Health | None
    state_kb: tuple[int, int]
    tracebacks: int
    notes: dict[str, int]


@dataclass(frozen=True, slots=True)
class Run:
    """What was measured. `printed`: by the hub."""

    minutes: float
    verdicts: Sequence[tuple[Said, Verdict]]
    evidence: Evidence
    costs: list[Cost]
    health: Health | None
    state_kb: tuple[int, int]
    printed: str


def counted(run: Run) -> Soak:
    verdicts, evidence = run.verdicts, run.evidence
    ways = list(dict.fromkeys(said.command.way for said, _ in verdicts))
    spoken = [
        said.turn.seconds.total
        for said, _ in verdicts
        if said.command.way == "voice" and said.turn is not None and said.turn.wishes
    ]
    first = min(said.at for said, _ in verdicts)
    return Soak(
        minutes=run.minutes,
        rows=[
            *(_row(way, [v for s, v in verdicts if s.command.way == way]) for way in ways),
            _row("all", [verdict for _, verdict in verdicts]),
        ],
        odd=[
            Odd(
                round(said.at - first),
                said.command.way,
                said.command.text,
                verdict,
                _understood(said.turn),
            )
            for said, verdict in verdicts
            if verdict in _TOLD
        ],
        seconds_p50=median(spoken),
        seconds_p95=percentile(spoken, 0.95),
        broker_killed=len(evidence.broker_killed),
        home_killed=len(evidence.home_away),
        home_away=round(sum(back - gone for gone, back in evidence.home_away)),
        costs=run.costs,
        health=run.health,
        state_kb=run.state_kb,
        tracebacks=run.printed.count("Traceback"),
        notes=dict(Counter(line.strip() for line in run.printed.splitlines() if line.strip())),
    )


def _understood(turn: Turn | None) -> str:
    if turn is None:
        return "no turn"
    deeds = (f"{', '.join(each.targets)}: {each.result}" for each in turn.actions)
    return "; ".join((turn.words or "", *(wish.intent for wish in turn.wishes), *deeds))


def _row(way: str, verdicts: Sequence[Verdict]) -> Row:
    counts = Counter(verdicts)
    return Row(way, len(verdicts) - counts["not sent"], {each: counts[each] for each in _VERDICTS})


def size(folder: Path) -> int:
    """kB."""
    return round(sum(each.stat().st_size for each in folder.rglob("*") if each.is_file()) / 1000)


async def last_health(port: int) -> Health | None:
    """As the hub last told it; None where it tells nothing in a minute."""
    with suppress(TimeoutError, MqttError):
        async with asyncio.timeout(60), Client("127.0.0.1", port) as client:
            await client.subscribe(f"inglenook/{NODE}/state/health")
            async for message in client.messages:
                return msgspec.json.decode(message.payload, type=Health)
    return None


def as_json(soak: Soak) -> str:
    return msgspec.json.encode(soak).decode()


def _health(health: Health | None) -> dict[str, str | int]:
    if health is None:
        return {"health at the end": "not told"}
    return {
        "health at the end": health.state,
        "sound lost, in samples": health.samples_dropped,
        "events not sent": health.events_dropped,
        "messages refused": health.refused,
        "restarts": health.restarts,
    }


def tell(soak: Soak) -> None:
    print(f"Ended {time.strftime('%Y-%m-%d %H:%M')} UTC, {soak.minutes:g} minutes.\n")
    heads = ("commands", "sent", *_VERDICTS)
    show(heads, [(row.way, row.sent, *row.counts.values()) for row in soak.rows])
    print()
    show(Cost.__struct_fields__, [msgspec.structs.astuple(each) for each in soak.costs])
    print()
    others: dict[str, str | int] = {
        "end of speech to intent, p50 / p95": f"{soak.seconds_p50} / {soak.seconds_p95} s",
        "broker killed": soak.broker_killed,
        "Home Assistant killed": f"{soak.home_killed}, away for {soak.home_away} s",
        "state folder": f"{soak.state_kb[0]} / {soak.state_kb[1]} kB",
        "tracebacks": soak.tracebacks,
    }
    others |= _health(soak.health)
    show(("", ""), list(others.items()))
    print("\nTo be looked at:")
    for each in soak.odd:
        print(f"  {each.at:.0f} s  {each.way}  {each.text!r}  {each.verdict}  ({each.understood})")
    print("\nWhat the hub said:")
    for line, count in soak.notes.items():
        print(f"  {count} x {line}")
    print(f"\n{as_json(soak)}")
