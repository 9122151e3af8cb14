"""The outbox: bounded, newest state wins, every loss counted."""

from hypothesis import given
from hypothesis import strategies as st

from integrations.outbox import EVENT_SECONDS, EVENTS, STATES, Outbox
from integrations.topics import Post


def state(topic: str, payload: bytes = b"") -> Post:
    return Post(topic, payload, retain=True)


def event(payload: bytes = b"") -> Post:
    return Post("event", payload, retain=False)


def drain(outbox: Outbox, at: float = 0.0) -> list[Post]:
    posts = []
    while (post := outbox.next(at)) is not None:
        outbox.sent(post)
        posts.append(post)
    return posts


def test_of_a_state_only_the_newest_waits() -> None:
    outbox = Outbox()
    for payload in (b"1", b"2", b"3"):
        outbox.put(state("a", payload), 0.0)
    assert drain(outbox) == [state("a", b"3")]
    assert outbox.dropped == 0


def test_of_events_the_oldest_are_dropped_and_counted() -> None:
    outbox = Outbox()
    for number in range(EVENTS + 3):
        outbox.put(event(b"%d" % number), 0.0)
    assert drain(outbox) == [event(b"%d" % n) for n in range(3, EVENTS + 3)]
    assert outbox.dropped == 3


def test_an_event_too_old_to_act_on_is_not_sent() -> None:
    outbox = Outbox()
    outbox.put(event(b"old"), 0.0)
    outbox.put(event(b"new"), 30.0)
    assert drain(outbox, EVENT_SECONDS + 1) == [event(b"new")]
    assert outbox.dropped == 1


def test_what_was_not_acknowledged_is_sent_again() -> None:
    outbox = Outbox()
    outbox.put(event(b"a"), 0.0)
    assert outbox.next(0.0) == outbox.next(0.0) == event(b"a")


def test_a_state_that_changes_while_it_is_sent_is_sent_again() -> None:
    outbox = Outbox()
    old, new = state("a", b"1"), state("a", b"2")
    outbox.put(old, 0.0)
    outbox.put(new, 0.0)
    outbox.sent(old)
    assert drain(outbox) == [new]


def test_after_a_restart_of_the_broker_states_come_first_then_events() -> None:
    outbox = Outbox()
    outbox.put(state("a", b"1"), 0.0)
    outbox.put(state("b", b"1"), 0.0)
    drain(outbox)
    outbox.put(event(), 0.0)
    outbox.put(state("a", b"2"), 0.0)
    outbox.renew(0.0)
    assert drain(outbox) == [state("a", b"2"), state("b", b"1"), event()]


def test_topics_are_bounded_too() -> None:
    outbox = Outbox()
    for number in range(STATES + 5):
        outbox.put(state(str(number)), 0.0)
    assert (len(drain(outbox)), outbox.dropped) == (STATES, 5)


@given(st.lists(st.tuples(st.sampled_from(["a", "b", None]), st.booleans()), max_size=300))
def test_nothing_is_lost_unseen(steps: list[tuple[str | None, bool]]) -> None:
    """Each put either leaves once, is counted as dropped, or is an older state of a topic."""
    outbox, newest, sent, events = Outbox(), dict[str, Post](), list[Post](), 0
    for number, (topic, send) in enumerate(steps):
        post = Post(topic or "event", b"%d" % number, retain=topic is not None)
        outbox.put(post, 0.0)
        if topic is None:
            events += 1
        else:
            newest[topic] = post
        if send and (due := outbox.next(0.0)) is not None:
            outbox.sent(due)
            sent.append(due)
    sent += drain(outbox)
    assert len([p for p in sent if not p.retain]) + outbox.dropped == events
    for topic, post in newest.items():
        assert [p for p in sent if p.topic == topic][-1] == post
