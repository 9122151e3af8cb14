"""Things are followed, confirmed late and lost late; one mistake is never told."""

from hypothesis import given
from hypothesis import strategies as st

from vision.boxes import WHOLE, Box
from vision.events import Detection
from vision.tracking import Tracks


def person(left: float, score: float = 0.8, top: float = 0.3) -> Detection:
    return Detection("person", score, Box(left, top, left + 0.1, top + 0.4))


def walked(scores: list[float], step: float = 0.02) -> Tracks:
    tracks = Tracks()
    for number, score in enumerate(scores):
        tracks.step([person(0.1 + step * number, score)], [WHOLE], number / 5)
    return tracks


def test_one_detection_is_no_thing_and_two_sure_ones_are() -> None:
    assert not list(walked([0.95]).confirmed())
    assert len(list(walked([0.8, 0.8]).confirmed())) == 1
    assert not list(walked([0.55, 0.55]).confirmed())
    assert len(list(walked([0.55, 0.55, 0.55]).confirmed())) == 1
    assert not list(walked([0.42, 0.42, 0.42, 0.42]).confirmed())


def test_it_is_one_thing_however_it_moves() -> None:
    [track] = walked([0.8] * 20, step=0.04).all
    assert track.id == 1
    assert abs(track.box.left - (0.1 + 0.04 * 19)) < 0.05


def test_it_is_lost_when_it_was_looked_for_and_only_then() -> None:
    tracks = walked([0.8] * 5)
    for number in range(5, 9):
        tracks.step([], [Box(0.8, 0.8, 1, 1)], number / 5)
    assert len(tracks.all) == 1  # nobody looked there
    for number in range(9, 13):
        tracks.step([], [WHOLE], number / 5)
    assert len(tracks.all) == 1  # a moment's blindness
    for number in range(13, 18):
        tracks.step([], [WHOLE], number / 5)
    assert tracks.all == []


def test_a_mistake_is_soon_forgotten() -> None:
    tracks = walked([0.9])
    for number in range(1, 5):
        tracks.step([], [WHOLE], number / 5)
    assert tracks.all == []


def test_who_rests_is_still_until_it_moves() -> None:
    tracks = walked([0.8] * 60, step=0.0)
    assert tracks.all[0].still(59 / 5)
    for number in range(60, 66):
        tracks.step([person(0.1 + 0.05 * (number - 59))], [WHOLE], number / 5)
    assert not tracks.all[0].still(65 / 5)


def test_a_car_that_is_a_truck_for_a_moment_is_one_thing() -> None:
    tracks = Tracks()
    for number, label in enumerate(["car", "truck", "car", "car"]):
        box = Box(0.2, 0.2, 0.5, 0.5)
        tracks.step([Detection(label, 0.8, box)], [WHOLE], number / 5)
    [track] = tracks.all
    assert (track.label, track.confirmed) == ("car", True)


@st.composite
def scenes(draw: st.DrawFn) -> list[list[Detection]]:
    spot = st.floats(0, 0.9)
    seen = st.builds(person, spot, st.floats(0.3, 1), spot)
    return draw(st.lists(st.lists(seen, max_size=4), max_size=20))


@given(scenes())
def test_tracks_have_ids_of_their_own_and_only_what_was_seen(
    scene: list[list[Detection]],
) -> None:
    tracks = Tracks()
    before: set[int] = set()
    gone: set[int] = set()
    for number, found in enumerate(scene):
        tracks.step(found, [WHOLE], number / 5)
        ids = [track.id for track in tracks.all]
        assert len(set(ids)) == len(ids)
        assert not gone & set(ids)
        gone |= before - set(ids)
        before = set(ids)
        assert sum(track.seen == number / 5 for track in tracks.all) <= len(found)
