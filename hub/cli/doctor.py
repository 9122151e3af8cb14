"""`inglenook doctor`: what works, what does not, and what to do about it."""

import argparse
import asyncio
import sys
from pathlib import Path

import msgspec

from hub.config_file import find
from hub.doctor import examine
from hub.finding import Finding

_MARKS = {"works": "ok", "note": "--", "broken": "!!"}
_COLORS = {"works": "\033[32m", "note": "\033[33m", "broken": "\033[31m"}


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("doctor", help="tell what works and what does not")
    parser.add_argument("--config", type=Path, help="settings (./inglenook.yaml)")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Exit status 1 where something is broken."""
    findings = asyncio.run(examine(find(args.config)))
    if args.json:
        print(msgspec.json.encode(findings).decode())
    else:
        for finding in findings:
            _print(finding)
    return 1 if any(finding.verdict == "broken" for finding in findings) else 0


def _print(finding: Finding) -> None:
    mark = _MARKS[finding.verdict]
    if sys.stdout.isatty():
        mark = f"{_COLORS[finding.verdict]}{mark}\033[0m"
    print(f"{mark}  {finding.what:18} {finding.detail}")
    if finding.advice:
        print(f"    {'':18} -> {finding.advice}")
