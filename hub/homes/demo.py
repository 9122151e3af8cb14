"""The demo home: about twenty devices in six rooms, on MQTT like real ones."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from hub.homes.simulated import SimulatedHome
from hub.version import VERSION
from integrations.devices import (
    Device,
    DeviceCommand,
    device_command,
    device_discovery,
    device_state,
)
from integrations.discovery import removal
from integrations.inbox import DeviceOrder, Refusal, RefusedError
from integrations.mqtt import Mqtt
from integrations.topics import Topics, object_id
from intents.home import Attribute, Entity, Home
from intents.home_file import load

FILE = Path(__file__).with_name("demo.yaml")


def demo_home() -> Home:
    return load(FILE)


def withdraw(mqtt: Mqtt, topics: Topics) -> None:
    """Let Home Assistant forget a demo that this hub showed before it had a home."""
    for entity in demo_home().entities:
        mqtt.publish(removal(topics.config(object_id(entity.id))))


class Showcase:
    """A simulated home's devices on MQTT: discovered, shown as they change, switched from there."""

    def __init__(self, home: Home, mqtt: Mqtt, topics: Topics) -> None:
        self.backend = SimulatedHome(home, self._show)
        self._areas = {area.id: area.name for area in home.areas}
        self._mqtt = mqtt
        self._topics = topics

    def publish(self) -> None:
        """All devices and their states."""
        for entity in self.backend.home.entities:
            if post := device_discovery(self._topics, self._device(entity), version=VERSION):
                self._mqtt.publish(post)
            self._show(entity)

    def obey(self, order: DeviceOrder) -> None:
        """A change from Home Assistant; a wrong one is refused and counted."""
        devices = {d.object_id: (e, d) for e, d in self._devices()}
        try:
            entity, device = devices[order.object_id]
            changed = _changed(entity, device_command(device, order.order))
        except KeyError:
            self._mqtt.refuse(Refusal.UNKNOWN_DEVICE)
        except RefusedError as error:
            self._mqtt.refuse(error.refusal)
        else:
            self.backend.change((changed,))

    def _show(self, entity: Entity) -> None:
        self._mqtt.publish(device_state(self._topics, self._device(entity)))

    def _devices(self) -> list[tuple[Entity, Device]]:
        return [(entity, self._device(entity)) for entity in self.backend.home.entities]

    def _device(self, entity: Entity) -> Device:
        area = self._areas.get(entity.area or "")
        return Device(entity.id, entity.name, entity.domain, area, entity.state, entity.attributes)


def _changed(entity: Entity, command: DeviceCommand) -> Entity:
    """A scene that is pressed stays as it is."""
    changes: Mapping[str, object] = command.changes
    wanted = changes.get("state")
    state = str(wanted) if wanted and entity.domain not in ("scene", "button") else entity.state
    attributes: dict[str, Attribute] = {k: v for k, v in command.changes.items() if k != "state"}
    return replace(entity, state=state, attributes={**entity.attributes, **attributes})
