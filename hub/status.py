"""What the hub as a whole is doing, put together from what its processes say. Pure."""

from dataclasses import dataclass, field
from typing import Literal

from hub.fields import Device
from hub.messages import Health, Process, Spoken, State
from hub.mute import By
from integrations.payloads import AssistState
from integrations.payloads import Health as HealthPayload

Assist = Literal["idle", "listening", "processing", "responding", "muted", "deaf"]
EngineState = Literal["starting", "ready", "failed", "off"]


Engine = Literal["starting", "ready", "failed"]


@dataclass
class Status:
    """A process that failed stays failed, however often it is tried again, until it is well.
    `satellites_alone`: the settings want no microphone here: no loudspeaker is missed either;
    `muted_by`: where it was last muted or not; None since the start.
    """

    satellites_alone: bool = False
    muted: bool = False
    muted_by: By | None = None
    senses: Engine = "starting"
    mouth: Engine = "starting"
    _without: dict[Device, str] = field(default_factory=dict)
    """Devices of the hub's own that senses or mouth does without, and why."""
    _speaking: bool = False
    _hearing: Literal["idle", "listening", "processing"] = "idle"
    _restarts: dict[str, int] = field(default_factory=dict)
    _counts: dict[str, Health] = field(default_factory=dict)

    def take(self, message: State | Process | Health | Spoken) -> None:
        match message:
            case Spoken():
                self.mouth, self._speaking = "ready", False
            case Health(source=source):
                self._counts[source] = message
            case Process(name=name, restarts=restarts, state="restarting"):
                self._restarts[name] = restarts
                self._gone(name)
            case State(source="mouth", state=state, reason=reason):
                self._goes_on_without("loudspeaker", state, reason)
                self._speaking = state == "speaking"
                if state != "starting":
                    self.mouth = "failed" if state == "deaf" else "ready"
            case State(source="booth"):
                pass  # the hub itself hears and speaks without it
            case State(state="idle" | "listening" | "processing" as state, reason=reason):
                self._goes_on_without("microphone", state, reason)
                self.senses, self._hearing = "ready", state
            case State(state="deaf"):
                self.senses = "failed"

    def _goes_on_without(self, device: Device, state: str, reason: str) -> None:
        if state == "idle" and reason:
            self._without[device] = reason

    def _gone(self, name: str) -> None:
        if name == "senses":
            self._without.pop("microphone", None)
            self.senses = "starting" if self.senses == "ready" else self.senses
            self._hearing = "idle"
        elif name == "mouth":
            self._without.pop("loudspeaker", None)
            self.mouth = "starting" if self.mouth == "ready" else self.mouth
            self._speaking = False

    @property
    def assist(self) -> Assist:
        """Deaf until senses listens: what is said while it starts is not heard."""
        if self.muted:
            return "muted"
        if self.senses != "ready":
            return "deaf"
        if self._hearing != "idle":
            return self._hearing
        return "responding" if self._speaking else "idle"

    @property
    def is_quiet(self) -> bool:
        """Nobody is heard, nothing is said at the hub."""
        return self._hearing == "idle" and not self._speaking

    @property
    def can_hear(self) -> bool:
        return self.assist not in ("muted", "deaf")

    def assist_payload(self) -> AssistState:
        return AssistState(state=self.assist)

    def restarts(self, name: str) -> int:
        """How often this process has crashed."""
        return self._restarts.get(name, 0)

    @property
    def missing(self) -> tuple[Device, ...]:
        """Devices of the hub's own that are not there while satellites hear and speak."""
        return tuple(sorted(self._without))

    @property
    def engines(self) -> dict[str, EngineState]:
        found: dict[str, EngineState] = {
            "senses": "off" if self.muted else self.senses,
            "mouth": self.mouth,
        }
        for device in self.missing:
            found[device] = "off" if self.satellites_alone else "failed"
        return found

    def health_payload(self, *, unsent: int, refused: int) -> HealthPayload:
        """`unsent`, `refused`: what the house itself could not send or did not understand."""
        counts = self._counts.values()
        return HealthPayload(
            state="degraded" if "failed" in self.engines.values() else "ok",
            engines=self.engines,
            samples_dropped=sum(health.dropped for health in counts),
            events_dropped=unsent + sum(health.unsent for health in counts),
            refused=refused + sum(health.refused for health in counts),
            near_misses=sum(health.near_misses for health in counts),
            restarts=sum(self._restarts.values()),
        )
