"""Somebody else on the broker: sees everything the hub publishes, and can publish anything."""

import json
import threading
from collections import defaultdict
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion

from tests.hub.running import wait_until

Json = dict[str, object]


class Subscriber:
    """`node`: whose topics are read; or `root`, where they are not under a hub's."""

    def __init__(self, port: int, node: str = "test", root: str = "") -> None:
        self._root = root or f"inglenook/{node}/"
        self._got: dict[str, list[bytes]] = defaultdict(list)
        self._lock = threading.Lock()
        self._client = Client(CallbackAPIVersion.VERSION2)
        self._client.on_message = self._take
        self._client.on_connect = lambda client, *_: client.subscribe(f"{self._root}#", 1)
        self._client.connect("127.0.0.1", port)
        self._client.loop_start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.loop_stop()
        self._client.disconnect()

    def _take(self, _client: object, _data: object, message: MQTTMessage) -> None:
        with self._lock:
            self._got[message.topic.removeprefix(self._root)].append(bytes(message.payload))

    def publish(
        self, place: str, payload: bytes | str | Mapping[str, object], *, retain: bool = False
    ) -> None:
        data = json.dumps(payload) if isinstance(payload, Mapping) else payload
        self._client.publish(f"{self._root}{place}", data, 1, retain).wait_for_publish(5)

    def topics(self) -> list[str]:
        """All that anything was heard on."""
        with self._lock:
            return list(self._got)

    def all(self, place: str) -> list[bytes]:
        with self._lock:
            return list(self._got[place])

    def last(self, place: str) -> Json:
        """The newest JSON of a topic; empty where there is none."""
        got = self.all(place)
        found: Json = json.loads(got[-1]) if got else {}
        return found

    def event(self, place: str, intent: str) -> Json:
        """The newest event with this intent; empty where there is none."""
        events: list[Json] = [json.loads(each) for each in self.all(place)]
        return next((e for e in reversed(events) if e.get("intent") == intent), {})

    def wait_for(self, place: str, seconds: float = 30.0, **values: object) -> Json:
        """Until the newest message of a topic has these values."""

        def there() -> bool:
            last = self.last(place)
            return bool(last) and all(last.get(key) == value for key, value in values.items())

        wait_until(there, seconds, lambda: f"{values} in {place}, which says {self.last(place)}")
        return self.last(place)

    def wait_for_plain(self, place: str, payload: bytes, seconds: float = 30.0) -> None:
        wait_until(
            lambda: self.all(place)[-1:] == [payload],
            seconds,
            lambda: f"{payload!r} in {place}, which says {self.all(place)[-1:]}",
        )
