"""What the mouth says next, and what a Hush takes back, over a real pipe."""

import os
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
import pytest

from hub.messages import Hush, Say, ToMouth
from hub.orders import Orders
from hub.pipes import Reader, Writer


@dataclass
class Line:
    house: Writer
    orders: Orders

    def say(self, *ids: int) -> None:
        for each in ids:
            self.house.send(Say(id=each, text="The light is on.", earcon="attention"))

    def next(self) -> Say:
        said = self.orders.next()
        assert said is not None
        return said


@pytest.fixture
def line() -> Iterator[Line]:
    reader, writer = os.pipe()
    yield Line(Writer(writer), Orders(Reader(reader, msgspec.json.Decoder(ToMouth))))
    os.close(reader)
    os.close(writer)


def test_a_hush_takes_back_what_came_before_it_and_nothing_after(line: Line) -> None:
    line.say(1, 2, 3)
    assert line.next().id == 1
    assert not line.orders.hushed()
    line.house.send(Hush())
    line.say(4)
    assert line.orders.hushed()
    assert line.orders.hushed()
    said = [line.next() for _ in range(3)]
    assert [(each.id, bool(each.text), each.earcon) for each in said] == [
        (2, False, None),
        (3, False, None),
        (4, True, "attention"),
    ]
    assert not line.orders.hushed()


def test_a_hush_while_nothing_is_said_hushes_nothing(line: Line) -> None:
    line.house.send(Hush())
    line.say(1)
    assert line.next().text
    assert not line.orders.hushed()


def test_of_too_many_the_newest_is_kept_and_the_loss_counted(line: Line) -> None:
    line.say(*range(1, 101))
    ids = [line.next().id for _ in range(64)]
    assert ids == [*range(1, 64), 100]
    assert line.orders.dropped == 36
