"""The house's connections, made from its settings: the broker and Home Assistant."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from hub.care.code import SHORTEST, Code
from hub.config import Config
from hub.config import Mqtt as MqttSection
from hub.ledger.purposes import Endpoint
from hub.lending.lane import PURPOSE
from hub.page.section import PageSection
from hub.section import Secret
from integrations.broker import Broker, BrokerOptions, BrokerStartError
from integrations.connection import MqttOptions
from integrations.homeassistant.client import HomeAssistant
from integrations.homeassistant.mirror import Change

_INGRESS = ("0.0.0.0", 8099)  # noqa: S104 - one peer alone is let in
_SHORTEST_PASSWORD = 8
"""Characters."""
_OTHER_PORTS = 10
"""How many ports are tried for an embedded broker whose port nobody has chosen."""


class SecretMissing(Exception):
    """A file or variable that the settings name for a secret is not there, or holds too little."""


def read_secret(secret: Secret | None, key: str) -> str | None:
    """`key`: where it stands in the settings. Raises SecretMissing."""
    if secret is None:
        return None
    try:
        return secret.read().get_secret_value()
    except (OSError, KeyError) as error:
        place = f"the file {secret.file}" if secret.file else f"the variable {secret.env}"
        raise SecretMissing(f"{key}: {place} cannot be read.") from error


def owners_code(config: Config) -> Code | None:
    """What is given on a second device. Raises SecretMissing."""
    secret = read_secret(config.care.code, "care.code")
    if secret is None:
        return None
    if len(secret) < SHORTEST:
        raise SecretMissing(f"care.code: a code has at least {SHORTEST} letters or digits.")
    return Code(secret)


def page_password(page: PageSection) -> str | None:
    """What is asked for before anything is shown. Raises SecretMissing."""
    password = read_secret(page.password, "page.password")
    if password is not None and len(password) < _SHORTEST_PASSWORD:
        raise SecretMissing(
            f"page.password: a password has at least {_SHORTEST_PASSWORD} characters."
        )
    return password


@asynccontextmanager
async def broker(mqtt: MqttSection, report: Callable[[str], None]) -> AsyncIterator[MqttOptions]:
    """The broker to connect to; without a `host` our own, which lives as long as this context.

    Raises SecretMissing, BrokerStartError.
    """
    password = read_secret(mqtt.password, "mqtt.password")
    if mqtt.host is not None:
        yield MqttOptions(
            mqtt.host, mqtt.port, mqtt.username, password, tls=mqtt.tls, ca_file=mqtt.ca_file
        )
        return
    ours = await _start(mqtt, password, report)
    try:
        yield MqttOptions(mqtt.listen, ours[1], mqtt.username, password, only_311=True)
    finally:
        await ours[0].stop()


async def _start(
    mqtt: MqttSection, password: str | None, report: Callable[[str], None]
) -> tuple[Broker, int]:
    """On the port chosen; where none was chosen and the usual one is taken, on the next."""
    chosen = "port" in mqtt.model_fields_set
    for port in range(mqtt.port, mqtt.port + (1 if chosen else _OTHER_PORTS)):
        own = Broker(BrokerOptions(mqtt.listen, port, mqtt.username, password))
        try:
            await own.start()
        except BrokerStartError:
            if port == mqtt.port + (0 if chosen else _OTHER_PORTS - 1):
                raise
        else:
            report(f"Started an MQTT broker at {mqtt.listen}:{port}.")
            return own, port
    raise AssertionError("the last port was tried")


def endpoints(config: Config) -> tuple[Endpoint, ...]:
    """Whom the settings let the house talk to, as the ledger names them."""
    found = [Endpoint(config.mqtt.host, config.mqtt.port, "broker")] if config.mqtt.host else []
    section = config.home_assistant
    if section is not None:
        parts = urlsplit(section.url)
        port = parts.port or (443 if parts.scheme in ("https", "wss") else 80)
        found.append(Endpoint(parts.hostname or "", port, "Home Assistant"))
    if config.page is not None:
        found.append(Endpoint("", page_address(config.page)[1], "those who look at the page"))
    if config.wyoming is not None:
        found.append(Endpoint("", config.wyoming.port, "those who ask by Wyoming"))
        if config.wyoming.speech is not None:
            found.append(Endpoint("", config.wyoming.speech.port, PURPOSE))
    return tuple(found)


def page_address(page: PageSection) -> tuple[str, int]:
    """Where the page is served; in Home Assistant's app where its Supervisor looks for it."""
    return _INGRESS if page.ingress else (page.listen, page.port)


def own_broker(options: MqttOptions) -> tuple[Endpoint, ...]:
    """A broker of our own: the house is its client, as others may be."""
    return (
        Endpoint(options.host, options.port, "broker"),
        Endpoint("", options.port, "our broker's clients"),
    )


def home_assistant(config: Config, on_change: Callable[[Change], None]) -> HomeAssistant | None:
    """From the settings, else none. Raises SecretMissing."""
    section = config.home_assistant
    if section is None:
        return None
    read_secret(section.token, "home_assistant.token")
    return HomeAssistant(section.url, lambda: _token(section.token), on_change)


def _token(secret: Secret) -> str:
    """Read anew for each attempt, so that a token that was replaced is found."""
    try:
        return read_secret(secret, "home_assistant.token") or ""
    except SecretMissing:
        return ""
