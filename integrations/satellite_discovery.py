"""How the satellites present themselves to Home Assistant: whether each is there. Pure."""

from collections.abc import Sequence

from integrations.component import Component
from integrations.topics import Topics


def satellite_parts(topics: Topics, keys: Sequence[str]) -> dict[str, Component]:
    return {
        f"satellite_{key}": {
            "platform": "binary_sensor",
            "name": f"Satellite {key.replace('_', ' ')}",
            "entity_category": "diagnostic",
            "device_class": "connectivity",
            "state_topic": topics.under("state/satellites"),
            "value_template": f"{{{{ 'ON' if value_json.connected['{key}'] else 'OFF' }}}}",
        }
        for key in keys
    }
