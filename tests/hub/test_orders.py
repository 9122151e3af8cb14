"""What the mouth says next, and what a Hush takes back, over a real pipe."""

import os
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
import pytest

from hub.fields import MICROPHONE
from hub.messages import Hush, Say, ToMouth
from hub.orders import Order, Orders
from hub.pipes import Reader, Writer

KITCHEN = "satellite.kitchen"


@dataclass
class Line:
    house: Writer
    orders: Orders

    def say(self, *ids: int, to: str = MICROPHONE) -> None:
        for each in ids:
            self.house.send(Say(id=each, to=to, text="The light is on.", earcon="attention"))

    def next(self, *busy: str) -> Order:
        order = self.orders.next(lambda place: place not in busy)
        assert order is not None
        return order


@pytest.fixture
def line() -> Iterator[Line]:
    reader, writer = os.pipe()
    yield Line(Writer(writer), Orders(Reader(reader, msgspec.json.Decoder(ToMouth))))
    os.close(reader)
    os.close(writer)


def test_a_hush_takes_back_what_came_before_it_and_nothing_after(line: Line) -> None:
    line.say(1, 2, 3)
    first = line.next()
    assert first.say.id == 1
    assert not line.orders.is_hushed(first)
    line.house.send(Hush())
    line.say(4)
    assert line.orders.is_hushed(first)
    orders = [first, *(line.next() for _ in range(3))]
    assert [(each.say.id, line.orders.is_hushed(each)) for each in orders] == [
        *((1, True), (2, True), (3, True), (4, False))
    ]


def test_a_hush_while_nothing_is_said_hushes_nothing(line: Line) -> None:
    line.house.send(Hush())
    line.say(1)
    assert not line.orders.is_hushed(line.next())


def test_a_house_that_counts_anew_is_heard(line: Line) -> None:
    line.say(50)
    line.next()
    line.house.send(Hush())
    line.say(1)
    assert not line.orders.is_hushed(line.next())


def test_no_place_waits_for_another_and_each_keeps_its_order(line: Line) -> None:
    line.say(1, 2)
    line.say(3, 4, to=KITCHEN)
    line.say(5)
    assert line.next().say.id == 1
    assert [line.next(MICROPHONE).say.id for _ in range(2)] == [3, 4]
    assert line.orders.next(lambda place: place == KITCHEN) is None
    assert [line.next(KITCHEN).say.id for _ in range(2)] == [2, 5]


def test_a_hush_here_is_none_there(line: Line) -> None:
    line.say(1, to=KITCHEN)
    line.house.send(Hush())
    assert not line.orders.is_hushed(line.next())


def test_of_too_many_the_newest_is_kept_and_the_loss_counted(line: Line) -> None:
    line.say(*range(1, 101))
    ids = [line.next().say.id for _ in range(64)]
    assert ids == [*range(1, 64), 100]
    assert line.orders.dropped == 36
