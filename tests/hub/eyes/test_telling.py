"""What an eye says, and when; the edges that it shows its owner."""

import argparse
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.cli import cameras
from hub.cli.options import BadInput
from hub.cli.sketch import braille, drawn, polygon
from hub.control import OutlineLine
from hub.eyes.messages import Crossing, FromEye, Place, Seen, Thing
from hub.eyes.outline import HEIGHT, WIDTH, Edges, unpacked
from hub.eyes.telling import Telling
from hub.pipes import encode
from tests.vision.paint import painted, place
from vision.boxes import Box
from vision.events import Crossed, Moved, Sighting, View
from vision.images import Image

BOX = Box(0.4, 0.2, 0.6, 0.9)


def view(people: int, at: float = 0.0, **more: object) -> View:
    seen = tuple(
        Sighting(n, "person", 0.9, BOX, 0.0, at, zones=frozenset({"door"})) for n in range(people)
    )
    counts = {"picture": {"person": people}, "door": {"person": people}}
    return View(at=at, sightings=seen, counts=counts, **more)  # type: ignore[arg-type]


def told(views: Sequence[tuple[View, float]]) -> list[FromEye]:
    telling = Telling("eye.porch")
    return [each for seen, now in views for each in telling.said(seen, now)]


def test_a_change_is_told_at_once_and_nothing_twice() -> None:
    said = told([(view(0), 0.0), (view(0), 0.2), (view(1), 0.4), (view(1), 0.6), (view(0), 0.8)])
    assert [each.places[0].counts for each in said if isinstance(each, Seen)] == [
        {},
        {"person": 1},
        {},
    ]


def test_it_says_now_and_then_that_it_still_sees() -> None:
    said = told([(view(0), n * 0.2) for n in range(100)])
    assert 4 <= len(said) <= 5


def test_what_changes_too_quickly_is_told_a_little_later() -> None:
    said = told([(view(0), 0.0), (view(1), 0.05), (view(1), 0.15)])
    assert len(said) == 2


def test_events_are_told_each() -> None:
    events = (Crossed("gate", "person", "in"), Moved("door", "left"))
    said = told([(view(0, events=events), 0.0)])
    assert said[:2] == [
        Crossing(source="eye.porch", line="gate", label="person", way="in"),
        Thing(source="eye.porch", zone="door", what="left"),
    ]


@given(st.integers(0, 500), st.integers(0, 31))
def test_whatever_is_seen_fits_the_pipe(people: int, zones: int) -> None:
    counts = {
        "picture": {"person": people},
        **{f"zone_{n}": {"person": people} for n in range(zones)},
    }
    [said] = Telling("eye.porch").said(View(at=0.0, counts=counts), 0.0)
    assert isinstance(said, Seen)
    assert said.places[0] == Place(
        zone="picture", counts={"person": min(50, people)} if people else {}
    )
    assert len(encode(said)) <= 4_096


def outlined(person: Box | None) -> OutlineLine:
    edges = Edges()
    for second in range(5):
        pixels = painted(place(seed=second), Box(0.1, 0.3, 0.3, 0.8), (30, 30, 160))
        if person:
            pixels = painted(pixels, person)
        edges.look(Image(pixels, float(second)), [person] if person else [])
    made = edges.outline("eye.porch")
    assert len(encode(made)) <= 4_096
    return OutlineLine(width=made.width, height=made.height, bits=made.bits)


def test_edges_show_the_place_and_nobody_in_it() -> None:
    without, with_somebody = (unpacked_line(outlined(each)) for each in (None, BOX))
    assert without[30:70, 10:55].sum() > 40
    inside = (slice(20, 80), slice(66, 94))
    assert not with_somebody[inside].any()
    assert (without == with_somebody)[:, :60].mean() > 0.97


def unpacked_line(line: OutlineLine) -> "np.typing.NDArray[np.bool_]":
    from_line = Edges().outline("")
    made = type(from_line)(source="", width=line.width, height=line.height, bits=line.bits)
    return unpacked(made)


def test_nothing_seen_is_an_empty_sketch() -> None:
    assert not unpacked(Edges().outline("")).any()


def test_a_sketch_has_a_grid_and_the_corners_of_a_zone() -> None:
    lines = list(drawn(outlined(None), "e3,l3,l9,e9"))
    assert lines[0].split() == [chr(ord("a") + n) for n in range(16)]
    assert len(lines) == 1 + -(-HEIGHT // 4) + 1
    assert (
        lines[-1] == "corners: [[0.25, 0.2222], [0.6875, 0.2222], [0.6875, 0.8889], [0.25, 0.8889]]"
    )
    assert max(map(len, lines[1:-1])) == 3 + WIDTH // 2


@pytest.mark.parametrize("wrong", ["", "a1,b2", "a1,b2,z3", "a0,b2,c3", "a1 b2 c3"])
def test_a_zone_that_is_none_is_refused(wrong: str) -> None:
    with pytest.raises(BadInput, match="three corners"):
        polygon(wrong)


@given(st.integers(1, 9), st.integers(1, 9))
def test_every_dot_is_drawn(rows: int, columns: int) -> None:
    full = np.ones((rows, columns), np.bool_)
    dots = sum((ord(char) - 0x2800).bit_count() for line in braille(full) for char in line)
    assert dots == rows * columns


@pytest.mark.parametrize(("text", "seconds"), [("2h", 7200), ("30m", 1800), ("1h5min", 3900)])
def test_spans(text: str, seconds: float) -> None:
    assert cameras.span(text) == seconds


@pytest.mark.parametrize("text", ["", "soon", "2", "h", "2h 5"])
def test_no_spans(text: str) -> None:
    with pytest.raises(BadInput, match="2h30m"):
        cameras.span(text)


def test_without_a_hub_it_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    parser = argparse.ArgumentParser()
    cameras.add_parser(parser.add_subparsers())
    for words in (["cameras"], ["cameras", "off", "--for", "2h"], ["cameras", "sketch", "porch"]):
        args = parser.parse_args(words)
        assert args.run(args) == 1
        assert "No hub is running" in capsys.readouterr().err
