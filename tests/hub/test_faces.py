"""People enrol by the command line, from pictures and live; what is kept, for how long, and how
little of it is left.
"""

import argparse
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from hub.cli import faces as command
from hub.cli.face_enrol import face_engine
from hub.faces import DAYS, ENGINE, enrol, forget, gallery, renew
from hub.keep.enrolments import Enrolments
from hub.keep.errors import BadExample, NoSuchPerson
from hub.keep.people import Example
from hub.looking import picture
from hub.paths import enrolments_folder
from vision.engines import Embedding
from vision.images import Pixels

AGREED = ("--yes", "--consent-said")
VIEWS = ((0, 1.0, 1.0), (9, 1.0, 1.1), (-9, 0.9, 0.8), (4, 1.2, 1.2), (-5, 0.8, 0.9))
"""Degrees, scale, brightness of one photo: nobody's pictures are part of the project."""


def run(*arguments: str | Path) -> int:
    parser = argparse.ArgumentParser()
    command.add_parser(parser.add_subparsers())
    args = parser.parse_args(["faces", *map(str, arguments)])
    return int(args.run(args))


def face(seed: int) -> Embedding:
    vector = np.random.default_rng(seed).normal(size=128).astype(np.float32)
    return vector / np.float32(np.linalg.norm(vector))


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Enrolments:
    monkeypatch.setenv("INGLENOOK_STATE", str(tmp_path / "state"))
    return Enrolments(enrolments_folder())


def turned(photo: Pixels, degrees: float, scale: float, light: float) -> Pixels:
    height, width = photo.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, scale)
    moved = cv2.warpAffine(photo, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return cv2.convertScaleAbs(moved, alpha=light).astype(np.uint8)


Pictures = Callable[[int], list[Path]]


@pytest.fixture
def pictures(data: Path, models: Path, tmp_path: Path) -> Pictures:
    """Five of one of three people, by their place from the left."""
    photo = picture(data / "vision/faces_dlib/2008_001322.jpg")
    columns = ((60, 215), (195, 330), (310, 480))

    def made(place: int) -> list[Path]:
        left, right = columns[place]
        part = np.ascontiguousarray(photo[120:320, left:right])
        large = cv2.resize(part, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
        found = []
        for number, view in enumerate(VIEWS):
            file = tmp_path / f"{place}-{number}.png"
            cv2.imwrite(
                str(file), cv2.cvtColor(turned(large.astype(np.uint8), *view), cv2.COLOR_RGB2BGR)
            )
            found.append(file)
        return found

    return made


def test_a_person_enrols_is_listed_renamed_renewed_and_forgotten(
    store: Enrolments, pictures: Pictures, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("enrol", "Ada", *pictures(2), *AGREED, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["name"] == "Ada"
    assert told["faces"] >= 3
    assert 0 < told["mistaken"] < 1e-3
    assert run("rename", "ada", "Countess") == 0
    assert run("renew", "Countess") == 0
    capsys.readouterr()
    assert run("list", "--json") == 0
    [person] = json.loads(capsys.readouterr().out)["people"]
    assert person["name"] == "Countess"
    assert run("forget", "Countess") == 0
    assert gallery(enrolments_folder()).people == ()
    assert list(enrolments_folder().iterdir()) == []


def test_the_gallery_knows_the_enrolled_and_not_the_others(
    store: Enrolments, pictures: Pictures, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("enrol", "Ada", *pictures(2)[:4], *AGREED) == 0
    engine = face_engine()

    def who(file: Path) -> str | None:
        shown = picture(file)
        [found] = engine.faces(shown)
        return gallery(enrolments_folder()).who(engine.embed(shown, found))

    assert who(pictures(2)[4]) == "Ada"
    assert who(pictures(0)[0]) is None
    assert run("not-me", "Ada", pictures(2)[4]) == 0
    assert who(pictures(2)[4]) is None
    assert run("enrol", "Ada", *pictures(2)[:4], *AGREED) == 0
    assert who(pictures(2)[4]) is None, "what is not me stays when a person enrols again"


@pytest.mark.parametrize("words", [(), ("--yes",), ("--consent-said",)])
def test_nobody_enrols_without_consent(
    words: Sequence[str], store: Enrolments, pictures: Pictures, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("enrol", "Ada", *pictures(2), *words) == 2
    assert "consent" in capsys.readouterr().err
    assert gallery(enrolments_folder()).people == ()


def test_pictures_of_two_people_or_of_nobody_enrol_nobody(
    store: Enrolments, pictures: Pictures, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("enrol", "Ada", pictures(0)[0], *pictures(2)[:2], *AGREED) == 2
    assert "another face" in capsys.readouterr().err
    still, three = data / "vision/ambianic/background.jpg", data / "vision/faces_dlib"
    assert run("enrol", "Ada", still, three / "2008_001322.jpg", *AGREED) == 2
    said = capsys.readouterr().err
    assert "no face is seen" in said
    assert "more than one face" in said
    assert gallery(enrolments_folder()).people == ()


@pytest.fixture
def settings(tmp_path: Path, data: Path) -> Path:
    """A camera at this machine that shows one person, and one in the network."""
    photo = picture(data / "vision/faces_dlib/2008_001322.jpg")[120:320, 310:480]
    large = cv2.resize(photo, (340, 400), interpolation=cv2.INTER_CUBIC)
    film = tmp_path / "film.mp4"
    with av.open(str(film), "w") as out:
        stream = out.add_stream("libx264", rate=5)
        stream.width, stream.height, stream.pix_fmt = 340, 400, "yuv420p"
        for number in range(40):
            view = 14 * np.sin(number / 3), 1 + 0.2 * np.cos(number / 4), 1 + 0.3 * np.sin(number)
            shown = turned(large.astype(np.uint8), *map(float, view))
            out.mux(stream.encode(av.VideoFrame.from_ndarray(shown, format="rgb24")))
        out.mux(stream.encode())
    file = tmp_path / "inglenook.yaml"
    file.write_text(f"cameras:\n  desk: {{file: {film}}}\n  gate: {{url: 'rtsp://192.0.2.1/a'}}\n")
    return file


@pytest.mark.slow
@pytest.mark.usefixtures("models")
def test_live_by_a_sealed_process(
    store: Enrolments, settings: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    live = ("enrol", "Ada", "--config", settings, *AGREED)
    assert run(*live, "--camera", "desk", "--json") == 0
    assert json.loads(capfd.readouterr().out)["faces"] >= 3
    assert [known.name for known in gallery(enrolments_folder()).people] == ["Ada"]
    assert run(*live, "--camera", "gate") == 2
    assert "at this machine" in capfd.readouterr().err
    assert run(*live, "--camera", "roof") == 2
    assert "desk, gate" in capfd.readouterr().err


def test_a_face_ends_by_itself(store: Enrolments, monkeypatch: pytest.MonkeyPatch) -> None:
    now = int(time.time())
    old = Example("face", ENGINE.engine, face(1), now - 200, now - 1)
    new = Example("face", ENGINE.engine, face(2), now, now + 1000)
    store.enrol("Ada", [old])
    store.enrol("Bob", [old, new])
    assert [known.name for known in gallery(enrolments_folder()).people] == ["Bob"]
    assert len(list(enrolments_folder().iterdir())) == 2, "of Ada not even a key is left"
    renew(store, "Bob")
    [bob] = store.called("bob", now + DAYS * 86_400 - 60)
    assert [each.kind for each in bob.examples] == ["face"]


def test_forgetting_leaves_no_number_of_the_face_and_keeps_the_voice(store: Enrolments) -> None:
    store.enrol("Ada", [Example("voice", "wake/alexa", face(9), int(time.time()))])
    enrol(store, "ada", [face(1), face(2)])
    before = {file: file.read_bytes() for file in enrolments_folder().iterdir()}
    numbers = [part.tobytes() for seed in (1, 2) for part in face(seed).reshape(-1, 2)]
    assert not any(each in data for data in before.values() for each in numbers)
    forget(store, "ADA")
    [ada] = store.called("Ada", 0)
    assert [each.kind for each in ada.examples] == ["voice"]
    left = b"".join(file.read_bytes() for file in enrolments_folder().iterdir())
    keys = [data for file, data in before.items() if file.suffix == ".key"]
    assert not any(each in left for each in (*numbers, *keys))
    assert not set(before) & set(enrolments_folder().iterdir())


def test_who_is_not_there_is_not_made(store: Enrolments) -> None:
    with pytest.raises(NoSuchPerson):
        forget(store, "Ada")
    with pytest.raises(NoSuchPerson):
        renew(store, "Ada")
    with pytest.raises(BadExample):
        enrol(store, "Ada", [])
    assert run("forget", "Ada") == 1
    assert run("rename", "Ada", "Bob") == 1
    assert list(enrolments_folder().iterdir()) == []


def test_two_people_never_share_a_name(store: Enrolments) -> None:
    enrol(store, "Ada", [face(1)])
    enrol(store, "Bob", [face(2)])
    assert run("rename", "Bob", "ada") == 1
    known = gallery(enrolments_folder())
    assert {known.who(face(1)), known.who(face(2))} == {"Ada", "Bob"}
