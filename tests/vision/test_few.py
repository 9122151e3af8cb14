"""States of a place told apart from a few examples, and by any ONNX classifier."""

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto

from tests.vision.detect.graphs import graph
from tests.vision.paint import painted, place
from vision.boxes import Box
from vision.engines import EngineError
from vision.few import Few, learn, load
from vision.images import Pixels
from vision.onnx_classifier import Classifier

DOOR = Box(0.3, 0.2, 0.6, 0.9)


def closed(seed: int, light: int = 120) -> Pixels:
    return painted(place(light, seed=seed), DOOR, (150, 140, 130))


def opened(seed: int, light: int = 120) -> Pixels:
    return painted(place(light, seed=seed), DOOR, (20, 20, 25))


def taught(order: int = 1) -> Few:
    lights = (90, 110, 130, 150, 170)[::order]
    return learn(
        {
            "open": [opened(n, light) for n, light in enumerate(lights)],
            "closed": [closed(n + 9, light) for n, light in enumerate(lights)],
        }
    )


def test_other_pictures_in_other_light_are_told_apart() -> None:
    few = taught()
    assert few.right == 1.0
    for seed, light in enumerate((80, 105, 140, 185), 50):
        for made, state in ((opened, "open"), (closed, "closed")):
            told = few.classify(made(seed, light))
            assert max(told, key=lambda each: told[each]) == state
            assert sum(told.values()) == pytest.approx(1)


def test_what_was_learnt_comes_back_from_its_file_and_the_order_does_not_matter() -> None:
    few = taught()
    assert load(msgspec.json.encode(few)) == few
    other = taught(order=-1)
    seen = opened(77)
    assert few.classify(seen)["open"] == pytest.approx(other.classify(seen)["open"], abs=0.05)


@pytest.mark.parametrize(
    "examples",
    [{}, {"open": [opened(1)] * 5}, {"open": [opened(1)] * 5, "closed": [closed(1)] * 4}],
)
def test_too_few_are_refused(examples: dict[str, list[Pixels]]) -> None:
    with pytest.raises(EngineError, match="needed"):
        learn(examples)


@given(st.binary(max_size=200))
def test_what_was_not_learnt_is_refused(content: bytes) -> None:
    with pytest.raises(EngineError):
        load(content)


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 60), st.integers(1, 60))
def test_any_size(height: int, width: int) -> None:
    told = taught_once.classify(np.full((height, width, 3), 99, np.uint8))
    assert set(told) == {"open", "closed"}


taught_once = taught()
LOGITS = np.asarray([[0.0, 2.0]], np.float32)


def onnx_model(shape: tuple[int | str, ...], told: np.ndarray = LOGITS) -> bytes:
    return graph({"x": (shape, TensorProto.FLOAT)}, {"y": told})


@pytest.mark.parametrize("shape", [(1, 3, 16, 16), (1, 16, 16, 3), ("n", 3, "height", "width")])
def test_an_onnx_classifier(shape: tuple[int | str, ...]) -> None:
    classifier = Classifier(onnx_model(shape), ("open", "closed"))
    told = classifier.classify(opened(1))
    assert told["closed"] == pytest.approx(1 / (1 + np.exp(-2)))
    assert sum(told.values()) == pytest.approx(1)


def test_probabilities_stay_as_they_are() -> None:
    told = np.asarray([[0.25, 0.75]], np.float32)
    classifier = Classifier(onnx_model((1, 3, 8, 8), told), ("open", "closed"))
    assert classifier.classify(opened(1)) == pytest.approx({"open": 0.25, "closed": 0.75})


def test_what_does_not_fit_is_told() -> None:
    with pytest.raises(EngineError, match="2 things apart; 3 labels"):
        Classifier(onnx_model((1, 3, 8, 8)), ("a", "b", "c"))
    with pytest.raises(EngineError, match="no pictures"):
        Classifier(onnx_model((1, 8)), ("a", "b"))
