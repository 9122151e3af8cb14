"""Debian's Chromium, driven through Playwright, and what its pages are looked over for."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)

CONTRAST = """() => {
  const parsed = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const over = ([r, g, b, a = 1], [R, G, B]) =>
    [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a)];
  const light = (colour) => {
    const [r, g, b] = colour.map((each) => each / 255)
      .map((each) => (each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    const layers = [];
    for (let each = element; each; each = each.parentElement) {
      layers.push(parsed(getComputedStyle(each).backgroundColor));
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !element.checkVisibility()) continue;
    if (element.closest("noscript, :disabled, .unseen, .skip")) continue;
    const style = getComputedStyle(element);
    const below = ground(element);
    const [one, other] = [light(over(parsed(style.color), below)), light(below)];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (isLarge ? 3 : 4.5)) {
      poor.push(`${ratio.toFixed(2)} ${element.className}: ${element.textContent.slice(0, 40)}`);
    }
  }
  return poor;
}"""
"""Text that is hard to read by WCAG AA."""

NAMELESS = """() => {
  const named = (each) => each.ariaLabel || each.textContent.trim() || each.labels?.length
    || each.getAttribute("alt") || each.getAttribute("aria-labelledby");
  const wanted = "button, input, select, a[href], canvas, [role=img], section, nav, [role=switch]";
  const nameless = [...document.querySelectorAll(wanted)].filter((each) =>
    each.checkVisibility() && !named(each)).map((each) => each.outerHTML.slice(0, 80));
  const small = [...document.querySelectorAll("button, input, select, nav a")].filter((each) => {
    const box = each.getBoundingClientRect();
    return each.checkVisibility() && (box.width < 24 || box.height < 24);
  }).map((each) => `small: ${each.outerHTML.slice(0, 80)}`);
  const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `twice: ${id}`);
  const heads = [...document.querySelectorAll("h1")].filter((each) => each.checkVisibility());
  return [...nameless, ...small, ...twice, ...(heads.length === 1 ? [] : ["not one h1"])];
}"""
"""What a screen reader could not name, what a finger could not hit."""

WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def no_chromium() -> None:
    message = "No Chromium: run script/setup test."
    pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)


@contextmanager
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        no_chromium()
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        try:
            yield found
        finally:
            found.close()


class Visit:
    """One page; `requests`: whom it asked, `complaints`: what the browser said of it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda told: self.complaints.append(told.text) if told.type == "error" else None,
        )
        page.goto(address)

    def turn_to(self, tab: str) -> None:
        self.page.locator(f"#tab-{tab}").click()
        self.page.locator(f"#{tab} h1").wait_for()

    def look_over(self) -> list[str]:
        """What is wrong with what is shown."""
        page = self.page
        wider = page.evaluate(WIDER)
        found = [*page.evaluate(CONTRAST), *page.evaluate(NAMELESS), *self.complaints]
        return [*found, f"{wider} px too wide"] if wider else found
