"""No sound and no picture can come out of the page: not of its routes, not in its answers."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_type_hints

import msgspec
from aiohttp import ClientTimeout

from hub.control import OutlineLine
from hub.page.bodies import Done
from hub.page.cameras import CamerasShown
from hub.page.connecting import Connected, Connections
from hub.page.files import FOLDER, files
from hub.page.loudness import LoudnessShown
from hub.page.now import Now
from hub.page.refused import AlarmShown, MeantShown
from hub.page.rooms import HomeShown
from hub.page.settings import SettingsSaved
from hub.page.settings_shown import SettingsShown
from hub.page.shelf import ModelsShown
from hub.page.turns import Turns, TurnShown
from hub.page.wall import WallShown
from integrations.web import server
from tests.hub.page.parts import Stage

WORDS = {
    "text/html",
    "text/css",
    "text/javascript",
    "application/json",
    "image/svg+xml",
    "text/event-stream",
}
SETTINGS = (SettingsShown, SettingsSaved, MeantShown, AlarmShown)
TOLD = (
    Now,
    Turns,
    TurnShown,
    HomeShown,
    CamerasShown,
    OutlineLine,
    WallShown,
    ModelsShown,
    LoudnessShown,
    Connections,
    Connected,
    *SETTINGS,
)
FIRST = 100_000
IMPORTED = re.compile(r'^import .*from "\./([\w.]+)"', re.MULTILINE)
INDEX = (FOLDER / "index.html").read_text()
FINE = r"www\.w3\.org|homeassistant\.local"
"""Names that nobody is asked for: of a form of XML, and the example of an address at home."""
LIVE = ClientTimeout(total=None, sock_read=10)


async def test_every_route_answers_in_words(page: Stage) -> None:
    routes = [route for route in page.page.app.router.routes() if route.method != "HEAD"]
    assert len(routes) > len(files("en")) + 10
    for route in routes:
        assert route.resource is not None
        path = route.resource.canonical
        if path == "/api/news":
            answer = await page.client.get(path, timeout=LIVE)
        elif route.method == "GET":
            answer = await page.client.get(path)
        else:
            answer = await page.do(path.removeprefix("/api/"), {})
        assert answer.content_type in WORDS, path
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        answer.close()


def test_no_answer_has_room_for_bytes() -> None:
    """Types all the way down: text, numbers, yes and no. An outline alone is packed, and of a bit a
    cell: its size is bounded where it crosses, in hub.eyes.messages."""
    kinds = {each for told in (*TOLD, Done, server.Hello) for each in _in(told)}
    plain = {each for each in kinds if each in (bytes, bytearray, memoryview, msgspec.Raw, object)}
    assert not plain
    assert {str, int, float, bool} <= kinds


def _in(kind: object, seen: frozenset[object] = frozenset()) -> Iterator[object]:
    if kind in seen:
        return
    yield kind
    inner = list(get_args(kind))
    if isinstance(kind, type) and (
        issubclass(kind, msgspec.Struct) or hasattr(kind, "__dataclass_fields__")
    ):
        inner += get_type_hints(kind).values()
    for each in inner:
        yield from _in(each, seen | {kind})


async def test_what_is_refused_has_no_words(page: Stage) -> None:
    secret = "the pineapple sings at midnight"
    answer = await page.do("ask", {"text": secret})
    assert answer.status == 200
    told = await answer.json()
    assert told["words"] is None
    assert not told["wishes"]
    async with page.client.get("/api/news", timeout=LIVE) as news:
        found = b""
        while b"event: cameras" not in found:
            found += await news.content.readany()
    assert b"pineapple" not in found
    assert b'"reason":"not_understood"' in found


async def test_headers_leave_nothing_open(page: Stage) -> None:
    for path in ("/", "/app.js", "/api/hello", "/nothing"):
        answer = await page.client.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Server"] == "Inglenook"
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_files_name_nothing_elsewhere_and_nothing_inline() -> None:
    for path in FOLDER.iterdir():
        text = path.read_text()
        addresses = re.findall(r"(?:https?:)?//[\w.-]+\.[a-z]{2,}[^\s\"]*", text)
        assert {each for each in addresses if not re.search(FINE, each)} == set(), path.name
        assert "innerHTML" not in text
        assert "insertAdjacentHTML" not in text
    assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", INDEX)
    assert not re.search(r"(?:href|src)=\"/", INDEX)  # relative: it works under any path


def test_both_languages_have_the_same_words() -> None:
    english, german = (
        json.loads((FOLDER / f"words.{code}.json").read_text()) for code in "en de".split()
    )
    assert english.keys() == german.keys()
    for key, text in english.items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", german[key])), key


def test_the_words_that_the_page_uses_are_there() -> None:
    words = json.loads((FOLDER / "words.en.json").read_text())
    scripts = "".join(path.read_text() for path in FOLDER.glob("*.js"))
    used = set(re.findall(r"\bword\(\"([^\"]+)\"", scripts)) | set(
        re.findall(r'data-word="(\w+)"', INDEX)
    )
    assert used <= words.keys()


def first_view() -> list[str]:
    """What the browser fetches before anything is touched: what is named, and what that imports."""
    found, new = ["", "words.json"], re.findall(r'(?:href|src)="([\w.]+)"', INDEX)
    while new:
        name = new.pop()
        if name in found:
            continue
        found.append(name)
        if name.endswith(".js"):
            new += IMPORTED.findall((FOLDER / name).read_text())
    return found


async def test_the_first_view_is_small(page: Stage) -> None:
    names = first_view()
    assert {"app.js", "dom.js", "now.js", "steps.js", "style.css"} <= set(names)
    assert "settings.js" not in names
    sizes = [len(await (await page.client.get(f"/{name}")).read()) for name in names]
    assert sum(sizes) < FIRST
    packed = {}
    for name in names:
        answer = await page.client.get(f"/{name}", headers={"Accept-Encoding": "gzip"})
        packed[name] = int(answer.headers["Content-Length"])
    assert sum(packed.values()) < FIRST / 2


async def test_a_file_that_is_known_is_not_sent_again(page: Stage) -> None:
    mark = (await page.client.get("/app.js")).headers["ETag"]
    again = await page.client.get("/app.js", headers={"If-None-Match": mark})
    assert again.status == 304
    assert not await again.read()


def test_nothing_else_lies_in_the_folder() -> None:
    kinds = {Path(name).suffix for name in files("en") if name}
    assert kinds == {".css", ".js", ".json", ".svg"}
    assert len(files("en")) == len(list(FOLDER.iterdir())) - 1  # one language
