"""A home of twenty devices in six rooms, as most tests speak to it."""

from intents.home import Home
from intents.home_file import home_from

ROOMS = ("Kitchen", "Living Room", "Bedroom", "Bathroom", "Office", "Hallway")
DEVICES = (
    ("Ceiling Light", "light", "Kitchen", "off"),
    ("Reading Lamp", "light", "Living Room", "on"),
    ("Floor Lamp", "light", "Living Room", "off"),
    ("Bedside Lamp", "light", "Bedroom", "off"),
    ("Mirror Light", "light", "Bathroom", "off"),
    ("Desk Lamp", "light", "Office", "on"),
    ("Coffee Maker", "switch", "Kitchen", "off"),
    ("Ceiling Fan", "fan", "Bedroom", "off"),
    ("Thermostat", "climate", "Living Room", "heat"),
    ("TV", "media_player", "Living Room", "playing"),
    ("Radio", "media_player", "Kitchen", "idle"),
    ("Blinds", "cover", "Living Room", "open"),
    ("Garage Door", "cover", "Hallway", "closed"),
    ("Front Door", "lock", "Hallway", "locked"),
    ("Outside Temperature", "sensor", None, "11"),
    ("Robot", "vacuum", "Hallway", "docked"),
    ("Weather", "weather", None, "sunny"),
    ("Shopping List", "todo", None, "0"),
    ("Movie Night", "scene", None, "unknown"),
    ("Good Morning", "script", None, "off"),
)


def typical() -> Home:
    return home_from(
        {
            "floors": [{"name": "Ground Floor"}, {"name": "Upstairs"}],
            "areas": [
                {"name": room, "floor": "Upstairs" if "B" in room else "Ground Floor"}
                for room in ROOMS
            ],
            "entities": [
                {
                    "name": name,
                    "domain": domain,
                    "state": state,
                    "attributes": _attributes(name),
                    **({"area": area} if area else {}),
                }
                for name, domain, area, state in DEVICES
            ],
        }
    )


def _attributes(name: str) -> dict[str, str | float]:
    match name:
        case "Thermostat":
            return {"current_temperature": 20.5}
        case "Outside Temperature":
            return {"device_class": "temperature", "unit_of_measurement": "°C"}
        case "Weather":
            return {"temperature": 12, "temperature_unit": "°C"}
        case "Garage Door":
            return {"device_class": "garage"}
        case _:
            return {}
