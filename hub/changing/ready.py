"""Whether a hub could be started with these settings; what the house needs, tried beforehand."""

import os
import socket
from collections.abc import Mapping
from contextlib import ExitStack

from hub.config import Config
from hub.network import SecretMissing, owners_code, page_password, read_secret
from intents.added import load_added
from intents.documents import DocumentError
from intents.home_file import load as load_home

_ANY = 0
"""A port that is free."""
Addresses = Mapping[str, tuple[str, int]]


class NotReady(Exception):
    """The hub would not come back; plain words say why."""


def make_sure(config: Config) -> None:
    """Raises NotReady."""
    home_assistant, page = config.home_assistant, config.page
    try:
        read_secret(config.mqtt.password, "mqtt.password")
        read_secret(home_assistant.token if home_assistant else None, "home_assistant.token")
        owners_code(config)
        if page is not None:
            page_password(page)
        if config.home.file:
            load_home(config.home.file)
        load_added(config.sentences, config.language)
    except (SecretMissing, DocumentError) as error:
        raise NotReady(str(error)) from error


def make_sure_of_addresses(running: Config, config: Config) -> None:
    """Those that the running hub has not got yet, had for a moment. Raises NotReady."""
    before = _addresses(running)
    with ExitStack() as held:
        for key, (host, port) in _addresses(config).items():
            had = before.get(key)
            if had == (host, port):
                continue
            # Our own port is taken, by us.
            wanted = _ANY if had is not None and had[1] == port else port
            try:
                family = socket.AF_INET6 if ":" in host else socket.AF_INET
                held.enter_context(socket.create_server((host, wanted), family=family))
            except OSError as error:
                why = os.strerror(error.errno) if error.errno and error.errno > 0 else str(error)
                raise NotReady(f"{key}: {host}:{port} cannot be had ({why}).") from error


def _addresses(config: Config) -> Addresses:
    """Where the house listens, by the section that says so."""
    page, wyoming, mqtt = config.page, config.wyoming, config.mqtt
    found: dict[str, tuple[str, int]] = {}
    if page is not None and not page.ingress:
        found["page"] = (page.listen, page.port)
    if wyoming is not None:
        found["wyoming"] = (wyoming.listen, wyoming.port)
    if mqtt.host is None:
        found["mqtt"] = (mqtt.listen, mqtt.port)
    return found
