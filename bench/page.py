"""What the page costs: `python -m bench.page [--visits 11] [--seconds 20] [--json]`.

The real `inglenook run` in the demo home, and Debian's Chromium at 390 by 844 with nothing cached.
First paint: the first content that Chromium paints; whole: the turns are there, which come last.
Both in ms since the visit began, as the browser's own clock has it. The house's CPU is user and
system time while nobody looks, and while one does.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from playwright.sync_api import Browser

from bench.figures import show
from bench.processes import cpu_seconds
from tests.hub.page.browsing import browser
from tests.hub.running import RunningHub
from tests.mosquitto import free_port

_SETTLE = 30.0
"""Seconds from the start of the hub to the first visit: models are loaded by then."""
_LINGER = 300.0
"""Milliseconds after which all that belongs to the first view has come."""
_WATCH = """
new MutationObserver(() => {
  if (!window.whole && document.querySelector(".turns li"))
    requestAnimationFrame(() => { window.whole ??= performance.now(); });
}).observe(document, { childList: true, subtree: true });"""
_READ = """() => ({
  paint: performance.getEntriesByName("first-contentful-paint")[0].startTime,
  whole: window.whole,
  sent: [...performance.getEntriesByType("resource"), ...performance.getEntriesByType("navigation")]
    .reduce((sum, each) => sum + each.transferSize, 0),
})"""


class View(msgspec.Struct, frozen=True):
    """`sent`: bytes, with headers, compressed as they were sent."""

    paint: float
    whole: float
    sent: int


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """Medians. `cpu_*`: per cent of one core, of the house."""

    visits: int
    paint_ms: float
    whole_ms: float
    sent_bytes: int
    cpu_nobody: float
    cpu_one: float


def main() -> int:
    parser = argparse.ArgumentParser(description="What the page costs.")
    parser.add_argument("--visits", type=int, default=11)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        _hub(Path(folder)) as (hub, address),
        browser() as chromium,
    ):
        found = [_visit(chromium, address) for _ in range(args.visits)]
        nobody = _cpu(hub, args.seconds)
        chromium.new_page().goto(address)
        one = _cpu(hub, args.seconds)
    cost = Cost(
        visits=len(found),
        paint_ms=round(statistics.median(each.paint for each in found)),
        whole_ms=round(statistics.median(each.whole for each in found)),
        sent_bytes=max(each.sent for each in found),
        cpu_nobody=nobody,
        cpu_one=one,
    )
    if args.json:
        print(msgspec.json.encode(cost).decode())
    else:
        show(("", "measured"), list(msgspec.to_builtins(cost).items()))
    return 0


@contextmanager
def _hub(folder: Path) -> Iterator[tuple[RunningHub, str]]:
    port = free_port()
    settings = {"microphone": {"source": "none"}, "mqtt": {"port": free_port()}}
    hub = RunningHub(folder / "hub", {**settings, "page": {"port": port}})
    try:
        hub.wait_for_text("The page is at", 60)
        time.sleep(_SETTLE)
        yield hub, f"http://127.0.0.1:{port}/"
    finally:
        hub.stop()


def _visit(chromium: Browser, address: str) -> View:
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.add_init_script(_WATCH)
    page.goto(address)
    page.locator(".turns li").first.wait_for()
    page.wait_for_timeout(_LINGER)
    page.wait_for_load_state("load")
    found = msgspec.convert(page.evaluate(_READ), View, strict=False)
    context.close()
    return found


def _cpu(hub: RunningHub, seconds: float) -> float:
    house = hub.pid("house")
    assert house is not None, "the house is not there"
    before = cpu_seconds(house)
    time.sleep(seconds)
    return round((cpu_seconds(house) - before) / seconds * 100, 2)


if __name__ == "__main__":
    sys.exit(main())
