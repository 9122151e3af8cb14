"""What waits to be sent: bounded, never blocking, every loss counted. Pure; time is an argument.

States: the newest of each topic is remembered for good, because a broker that was restarted may
have forgotten what it retained; `renew` sends all of them again. Events: the oldest goes when
more than 64 wait, and one older than 60 s is not sent any more: an automation that acts on
"turn it on" long after it was said would frighten people.
"""

from itertools import count

from integrations.topics import Post

EVENTS = 64
STATES = 1_024
EVENT_SECONDS = 60.0


class Outbox:
    def __init__(self) -> None:
        self._states: dict[str, Post] = {}
        self._waiting: dict[str | int, tuple[float, Post]] = {}  # topic, or the number of an event
        self._numbers = count()
        self.dropped = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, post: Post, at: float) -> None:
        """`at`: seconds on any clock that only goes forward."""
        if post.retain:
            self._put_state(post, at)
        else:
            self._waiting[next(self._numbers)] = (at, post)
            self._make_room()

    def next(self, at: float) -> Post | None:
        """The post to send now, which stays until it is `sent`."""
        self._drop_stale(at)
        return next((post for _, post in self._waiting.values()), None)

    def sent(self, post: Post) -> None:
        """Tell that `post` has arrived. A newer state of its topic goes on waiting."""
        for key, (_, waiting) in self._waiting.items():
            if waiting is post:
                del self._waiting[key]
                return

    def renew(self, at: float) -> None:
        """Send every state again, before the events that wait."""
        events = {key: value for key, value in self._waiting.items() if isinstance(key, int)}
        self._waiting = {topic: (at, post) for topic, post in self._states.items()} | events

    def _put_state(self, post: Post, at: float) -> None:
        if post.topic not in self._states and len(self._states) >= STATES:
            self.dropped += 1
            return
        self._states[post.topic] = post
        self._waiting.pop(post.topic, None)
        self._waiting[post.topic] = (at, post)

    def _make_room(self) -> None:
        events = [key for key in self._waiting if isinstance(key, int)]
        if len(events) > EVENTS:
            self._drop(events[0])

    def _drop_stale(self, at: float) -> None:
        stale = [
            key
            for key, (put, _) in self._waiting.items()
            if isinstance(key, int) and at - put > EVENT_SECONDS
        ]
        for key in stale:
            self._drop(key)

    def _drop(self, key: int) -> None:
        del self._waiting[key]
        self.dropped += 1
