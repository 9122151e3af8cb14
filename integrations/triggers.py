"""Device triggers: what an automation can be started by without knowing an entity id. Pure."""

from integrations.topics import Topics


def triggers(topics: Topics) -> dict[str, dict[str, str]]:
    """By their keys in the discovery of the hub."""
    kinds = {
        "wake_word": ("detected", "wake_word"),
        "command": ("recognized", "command"),
        "misunderstanding": ("not_understood", "command"),
        "code_wanted": ("asked", "confirm"),
        "code_given": ("answered", "confirm"),
    }
    return {
        f"trigger_{subtype}": {
            "platform": "device_automation",
            "automation_type": "trigger",
            "type": kind,
            "subtype": subtype,
            "topic": topics.under(f"event/{event}"),
            "value_template": "{{ value_json.event_type }}",
            "payload": kind,
        }
        for subtype, (kind, event) in kinds.items()
    }
