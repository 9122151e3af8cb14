"""What the hub as a whole is doing, put together from what its processes say. Pure."""

from dataclasses import dataclass, field
from typing import Literal

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
    `muted_by`: where it was last muted or not; None since the start.
    """

    muted: bool = False
    muted_by: By | None = None
    senses: Engine = "starting"
    mouth: Engine = "starting"
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
            case State(source="mouth", state=state):
                self._speaking = state == "speaking"
                if state != "starting":
                    self.mouth = "failed" if state == "deaf" else "ready"
            case State(source="booth"):
                pass  # the hub itself hears and speaks without it
            case State(state="idle" | "listening" | "processing" as state):
                self.senses, self._hearing = "ready", state
            case State(state="deaf"):
                self.senses = "failed"

    def _gone(self, name: str) -> None:
        if name == "senses":
            self.senses = "starting" if self.senses == "ready" else self.senses
            self._hearing = "idle"
        elif name == "mouth":
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
    def can_hear(self) -> bool:
        return self.assist not in ("muted", "deaf")

    def assist_payload(self) -> AssistState:
        return AssistState(state=self.assist)

    def restarts(self, name: str) -> int:
        """How often this process has crashed."""
        return self._restarts.get(name, 0)

    @property
    def engines(self) -> dict[str, EngineState]:
        return {"senses": "off" if self.muted else self.senses, "mouth": self.mouth}

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
