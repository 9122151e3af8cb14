"""`inglenook privacy`: how the hub is closed, what was refused, and to whom it sent how much.

`inglenook privacy prove` shows that it holds, and that the showing can fail.
"""

import argparse
import time
from datetime import timedelta

import msgspec

from hub.cli import prove
from hub.cli.options import complain, not_yours
from hub.control import LentLine, NoHub, PrivacyRequest, WallLine, request
from hub.ledger.book import FILE, KEPT_HOURS, LedgerUnreadable, entries
from hub.ledger.report import Report, report, start_of_day
from hub.ledger.words import details, headline, hours
from hub.paths import state_folder
from integrations.wall_payloads import ProcessWall

_HOUR = 3_600
_DAY = 24
_ONLY = {
    "house": "has the network; no sound or video device, no program, no other's memory",
    "mouth": "no network, no files, no programs",
    "senses": "no network, no files, no programs",
    "eye": "no network but its relay, no files, no programs",
    "booth": "nobody but those who connect to its port; no device, no files, no programs",
    "inlet": "takes in one satellite's sound, can send nothing; no device, no files, no programs",
    "outlet": "sends speech to one satellite, can hear nothing; no device, no files, no programs",
    "relay": "one address and port, no device, no files, no programs; looks at nothing",
}


class Privacy(msgspec.Struct, frozen=True, kw_only=True):
    """`wall` is null where no hub runs; the ledger is read from the disk either way."""

    wall: WallLine | None
    today: Report
    days30: Report


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("privacy", help="how the hub is closed, and what it sent")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)
    prove.add_parser(parser.add_subparsers(metavar="prove", required=False))


def run(args: argparse.Namespace) -> int:
    try:
        found = look(time.time())
    except LedgerUnreadable as error:
        return complain(error, 1)
    except PermissionError as error:
        return complain(not_yours(error), 1)
    print(msgspec.json.encode(found).decode() if args.json else told(found))
    return 0


def look(now: float) -> Privacy:
    """Raises LedgerUnreadable."""
    wall = _wall()
    kept = entries(state_folder() / FILE, int(now // _HOUR) - KEPT_HOURS)
    begin = start_of_day(now)
    today = [entry for entry in kept if entry.hour >= begin]
    return Privacy(wall=wall, today=report(today), days30=report(kept))


def _wall() -> WallLine | None:
    try:
        return request(PrivacyRequest()).wall
    except NoHub:
        return None


def told(found: Privacy) -> str:
    days = str(timedelta(hours=KEPT_HOURS).days)
    lines = [
        *_processes(found.wall),
        "",
        headline(found.today),
        headline(found.days30, f"in {days} days"),
        *(f"  {line}" for line in details(found.days30)),
        *(f"  {line}" for line in hours(found.days30)[-_DAY:]),
        "",
        "See for yourself: sudo inglenook privacy prove",
    ]
    return "\n".join(lines)


def _processes(wall: WallLine | None) -> list[str]:
    if wall is None:
        return ["No hub is running for this user; this is what the last one sent."]
    refused = ", ".join(f"{count:,} {reason}" for reason, count in sorted(wall.refused.items()))
    return [
        f"The wall stands at level {wall.level}." if wall.level != "none" else "NOT SEALED.",
        *(_process(name, process) for name, process in sorted(wall.processes.items())),
        *_lent(wall.lent),
        f"Refused at the word door: {refused.replace('_', ' ') or 'nothing'}.",
    ]


def _lent(lent: LentLine | None) -> list[str]:
    if lent is None:
        return []
    heard = f"{lent.written:,} utterances written down, {lent.woken:,} wake words found"
    return [f"Lent by Wyoming: {heard}, {lent.spoken:,} sentences spoken."]


def _process(name: str, process: ProcessWall) -> str:
    if process.level == "starting":
        return f"  {name:8} starting; neither listens nor speaks yet"
    if process.seccomp is None:
        return f"  {name:8} level {process.level}  (the kernel's account of it cannot be read)"
    facts = (
        f"Seccomp {process.seccomp}, NoNewPrivs {int(bool(process.no_new_privileges))} "
        f"on every thread, network {process.network}"
    )
    return f"  {name:8} level {process.level}  {facts}\n{'':10}{_ONLY[name.partition('.')[0]]}"
