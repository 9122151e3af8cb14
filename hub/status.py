"""What the hub as a whole is doing, put together from what its processes say. Pure."""

from dataclasses import dataclass, field
from typing import Literal

from hub.messages import Health, Process, Spoken, State
from integrations.payloads import AssistState
from integrations.payloads import Health as HealthPayload

Assist = Literal["idle", "listening", "processing", "responding", "muted", "deaf"]
EngineState = Literal["starting", "ready", "failed", "off"]


@dataclass
class Status:
    muted: bool = False
    _senses: str = "starting"
    _mouth: str = "starting"
    _speaking: bool = False
    _hearing: Literal["idle", "listening", "processing"] = "idle"
    _restarts: dict[str, int] = field(default_factory=dict)
    _counts: dict[str, Health] = field(default_factory=dict)

    def take(self, message: State | Process | Health | Spoken) -> None:
        match message:
            case Spoken():
                self._speaking = False
            case Process(name=name, restarts=restarts, state=state):
                self._restarts[name] = restarts
                if state != "running":
                    self._set(name, "starting")
            case Health(source=source):
                self._counts[source] = message
            case State(source="mouth", state=state):
                self._speaking = state == "speaking"
                self._set("mouth", "deaf" if state == "deaf" else "ready")
            case State(state="idle" | "listening" | "processing" as state):
                self._hearing = state
                self._set("senses", "ready")
            case State(source=source, state=state):
                self._set(source, state)

    def _set(self, name: str, state: str) -> None:
        if name == "mouth":
            self._mouth = state
        elif name == "senses":
            self._senses = state
            if state in ("starting", "deaf"):
                self._hearing = "idle"

    @property
    def assist(self) -> Assist:
        if self.muted:
            return "muted"
        if self._senses == "deaf":
            return "deaf"
        if self._hearing != "idle":
            return self._hearing
        return "responding" if self._speaking else "idle"

    def assist_payload(self) -> AssistState:
        return AssistState(state=self.assist)

    def health_payload(self, *, events_dropped: int, refused: int) -> HealthPayload:
        """`events_dropped`, `refused`: those of the MQTT connection."""
        counts = self._counts.values()
        engines = {"senses": self._engine(self._senses), "mouth": self._engine(self._mouth)}
        if self.muted:
            engines["senses"] = "off"
        return HealthPayload(
            state="degraded" if "failed" in engines.values() else "ok",
            engines=engines,
            frames_dropped=sum(health.dropped for health in counts),
            events_dropped=events_dropped,
            refused=refused + sum(health.refused for health in counts),
            restarts=sum(self._restarts.values()),
        )

    def _engine(self, state: str) -> EngineState:
        match state:
            case "starting":
                return "starting"
            case "deaf":
                return "failed"
            case _:
                return "ready"
