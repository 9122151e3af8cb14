"""The house's part of the cameras, made from the settings."""

from collections.abc import Callable
from dataclasses import dataclass

from hub.config import Config
from hub.eyes.messages import ToEye
from hub.eyes.of_config import views
from hub.messages import Closed, ToLauncher, ToSenses
from hub.paths import state_folder
from hub.sight.closing import FILE, Closing
from hub.sight.knowing import doors
from hub.sight.lane import Eyes
from hub.sight.showing import Showing, shown
from hub.sight.sight import Sight
from hub.version import VERSION
from integrations.camera_discovery import camera_discovery, config_topic
from integrations.camera_payloads import camera_post
from integrations.discovery import removal
from integrations.topics import Post, Topics
from intents.home import Home


@dataclass(frozen=True, slots=True)
class Wires:
    """What the eyes are joined to. `closed`: takes what a process says of its seal; `tell`: what
    the owner should read.
    """

    to_eye: Callable[[str, ToEye], None]
    to_launcher: Callable[[ToLauncher], None]
    to_senses: Callable[[ToSenses], None]
    publish: Callable[[Post], None]
    home: Callable[[], Home]
    closed: Callable[[Closed], None]
    tell: Callable[[str], None]


def make_eyes(config: Config, topics: Topics, wires: Wires) -> Eyes | None:
    """None where there are none. Home Assistant is told of each, and of those that are gone."""
    closing = Closing(state_folder() / FILE, tuple(config.cameras))
    for key in closing.gone:
        wires.publish(removal(config_topic(topics, key)))
    for key, section in config.cameras.items():
        wires.publish(camera_discovery(topics, shown(key, section), VERSION))
    if not config.cameras:
        return None
    return Eyes(
        Sight(
            doors(config),
            closing,
            lambda home: views(config, home),
            wires.to_eye,
            wires.to_launcher,
        ),
        Showing(config.cameras, lambda key, told: wires.publish(camera_post(topics, key, told))),
        wires.home,
        wires.closed,
        wires.tell,
        wires.to_senses if config.listen.presence else None,
        config.area,
    )
