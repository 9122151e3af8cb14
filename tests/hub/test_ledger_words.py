"""What people read."""

from datetime import UTC

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from hub.ledger.entries import Destination, Entry, Traffic
from hub.ledger.report import Report, report, start_of_day
from hub.ledger.words import NOT_NAMED, RESOLVED, amount, details, headline, hours
from tests.hub.ledger_parts import HOUR, NOW

BROKER = Destination("192.168.1.10", 1883)
HOME_ASSISTANT = Destination("192.168.1.20", 8123)
STRANGER = Destination("203.0.113.7", 443)
HERE = Destination("127.0.0.1", 1883)


def made(*rows: tuple[Destination, str, Traffic], hour: int = HOUR) -> Report:
    return report([Entry(hour, *row) for row in rows])


def sent(size: int, **more: int) -> Traffic:
    return Traffic(connections=1, bytes_out=size, **more)


def test_amounts() -> None:
    sizes = (0, 1, 1_624, 999_999, 3_240_000, 7_100_000_000)
    assert [amount(size) for size in sizes] == [
        *("0 bytes", "1 byte", "1,624 bytes", "999,999 bytes", "3.2 MB", "7.1 GB")
    ]


def test_nothing() -> None:
    assert headline(report([])) == "Nothing was sent today."
    assert details(report([])) == ()
    assert hours(report([])) == ()


def test_all_to_one() -> None:
    told = made((BROKER, "broker", sent(1_600)), (BROKER, "broker", sent(24)))
    assert headline(told) == "1,624 bytes today, all to 192.168.1.10 (broker)."
    assert details(told) == ()


def test_to_several() -> None:
    others = [(Destination(f"10.0.0.{n}", 80), "test", sent(n)) for n in range(1, 4)]
    told = made((BROKER, "broker", sent(1_000)), (HOME_ASSISTANT, "Home Assistant", sent(50)))
    assert headline(told, "this week") == (
        "1,050 bytes this week: 1,000 bytes to 192.168.1.10 (broker), "
        "50 bytes to 192.168.1.20 (Home Assistant)."
    )
    assert headline(made((BROKER, "broker", sent(1_000)), *others)).endswith(
        "2 bytes to 10.0.0.2 (test), 1 byte to 1 other."
    )


def test_a_stranger_stands_out() -> None:
    told = made((BROKER, "broker", sent(9)), (STRANGER, "", sent(120, unannounced=1)))
    assert "203.0.113.7 (not one that the settings name)" in headline(told)
    assert details(told) == (
        "Attention: 120 bytes to 203.0.113.7 port 443, not one that the settings name.",
        f"1 socket made past Python, by a library: tcp to 203.0.113.7 port 443, {NOT_NAMED}.",
    )


def test_a_stranger_who_came_to_us() -> None:
    told = made((Destination("10.0.0.9", 1883, "tcp", "from"), "", sent(4)))
    assert details(told) == ("Attention: 4 bytes to 10.0.0.9, who connected to port 1883.",)


def test_this_machine_is_told_apart() -> None:
    told = made((HERE, "broker", sent(20_480)))
    assert headline(told) == "Nothing was sent today."
    assert details(told) == ("Within this machine: 20,480 bytes.",)
    assert (told.bytes_out, told.bytes_here, told.hours) == (0, 20_480, ())


def test_names_datagrams_and_what_was_not_reached() -> None:
    told = made(
        (Destination("ha.local", 0, "lookup"), "Home Assistant", Traffic(messages=1_200)),
        (Destination("224.0.0.251", 5353, "udp"), "", Traffic(messages=3)),
        (BROKER, "broker", Traffic()),
    )
    assert details(told) == (
        "Attention: 3 datagrams to 224.0.0.251 port 5353, not one that the settings name.",
        "Tried, not reached: 192.168.1.10 port 1883, broker.",
        "3 datagrams to 224.0.0.251 port 5353; the kernel keeps no count of their bytes.",
        RESOLVED.format("ha.local (1,200)"),
    )


def test_hours() -> None:
    first, second = Entry(HOUR, BROKER, "broker", sent(1_624, bytes_in=7)), sent(3)
    told = report([first, Entry(HOUR + 1, BROKER, "broker", second)])
    assert hours(told, UTC) == (
        "hour                    sent      received",
        "15 Jan 08:00           1,624             7",
        "15 Jan 09:00               3             0",
    )


def test_json() -> None:
    told = msgspec.json.decode(msgspec.json.encode(made((STRANGER, "", sent(5)))))
    assert told["bytes_out"] == 5
    assert told["hours"] == [{"hour": "2027-01-15T08:00Z", "bytes_out": 5, "bytes_in": 0}]
    [line] = told["destinations"]
    assert (line["address"], line["port"], line["purpose"]) == ("203.0.113.7", 443, None)


def test_a_day_begins_at_midnight_here() -> None:
    assert HOUR - 24 < start_of_day(NOW) <= HOUR
    assert start_of_day(start_of_day(NOW) * 3_600) == start_of_day(NOW)


entries_of_any_kind = st.builds(
    Entry,
    st.integers(HOUR - 50, HOUR),
    st.sampled_from([BROKER, HOME_ASSISTANT, STRANGER, HERE]),
    st.sampled_from(["", "broker"]),
    st.builds(Traffic, *[st.integers(0, 10**9)] * 4),
)


@given(st.lists(entries_of_any_kind, max_size=30))
def test_every_byte_is_told_once(entries: list[Entry]) -> None:
    told = report(entries)
    everything = sum(entry.traffic.bytes_out for entry in entries)
    assert told.bytes_out + told.bytes_here == everything
    assert sum(hour.bytes_out for hour in told.hours) == told.bytes_out
    assert sum(line.bytes_out for line in told.destinations) == everything
