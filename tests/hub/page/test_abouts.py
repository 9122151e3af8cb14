"""What settings are for, in German: each that is described in English, and no other."""

from collections.abc import Iterator
from typing import get_args, get_origin

import pytest
from pydantic import BaseModel

from hub.config import Config
from hub.engines import Kind, engine_names, engine_options
from hub.page.abouts import about, abouts

KINDS: tuple[Kind, ...] = ("wake", "vad", "asr", "tts", "detect")


def described(model: type[BaseModel], above: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        if field.description:
            yield f"{above}{name}"
        yield from inside(field.annotation, f"{above}{name}")


def inside(kind: object, key: str) -> Iterator[str]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield from described(kind, f"{key}.")
    for each in get_args(kind):
        yield from inside(each, f"{key}.*" if get_origin(kind) is dict else key)


def of_engines() -> Iterator[str]:
    for kind in KINDS:
        for name in engine_names(kind):
            yield from (f"{kind}.{o.name}" for o in engine_options(kind, name) if o.description)


def test_each_is_told_in_german() -> None:
    """Rules of care are a list here, not options of their own."""
    english = {key for key in described(Config) if not key.startswith("care.rules.")}
    assert abouts("de").keys() == english | set(of_engines())


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("cameras.porch.fps", "Bilder in der Sekunde"),
        ("cameras.zones.zones.zones.dwell", "Sekunden, die etwas"),
        ("cameras.porch.zones.step.unknown", "in English"),
        ("area", "Der Raum"),
    ],
)
def test_a_name_of_the_owner_s_is_no_key(key: str, words: str) -> None:
    assert about(key, "in English", abouts("de-AT")).startswith(words)
    assert about(key, "in English", abouts("fr")) == "in English"
