"""A Home Assistant set up without a browser: owner, token, MQTT, and a few things to switch."""

import base64
import hashlib
import hmac
import json
import secrets
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

TEN_YEARS = 10 * 365 * 24 * 3600

YAML = """
homeassistant:
  name: Testbed
  latitude: 52.0
  longitude: 5.0
  elevation: 0
  unit_system: metric
  time_zone: UTC
  country: NL
  language: en
http:
  server_host: 127.0.0.1
  server_port: {port}
logger:
  default: warning
api:
websocket_api:
config:
conversation:
intent:
automation: !include automations.yaml
input_boolean:
  kitchen: {{name: Kitchen helper}}
  porch: {{name: Porch helper}}
script:
  evening:
    alias: Evening
    sequence: [{{action: light.turn_on, target: {{entity_id: light.kitchen_light}}}}]
  slow:
    alias: Slow
    sequence: [{{delay: 5}}]
template:
  - light:
      - name: Kitchen light
        unique_id: kitchen_light
        state: "{{{{ is_state('input_boolean.kitchen', 'on') }}}}"
        turn_on: {{action: input_boolean.turn_on, target: {{entity_id: input_boolean.kitchen}}}}
        turn_off: {{action: input_boolean.turn_off, target: {{entity_id: input_boolean.kitchen}}}}
      - name: Porch light  # without unique_id: Home Assistant's registry does not know it
        state: "{{{{ is_state('input_boolean.porch', 'on') }}}}"
        turn_on: {{action: input_boolean.turn_on, target: {{entity_id: input_boolean.porch}}}}
        turn_off: {{action: input_boolean.turn_off, target: {{entity_id: input_boolean.porch}}}}
"""

Stored = str | int | float | bool | None | Sequence["Stored"] | Mapping[str, "Stored"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may enter, with what a token is signed with."""

    name: str
    group: str
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    token_id: str = field(default_factory=lambda: uuid.uuid4().hex)
    key: str = field(default_factory=lambda: secrets.token_hex(64), repr=False)


def write_configuration(folder: Path, port: int, mqtt_port: int, more: str = "") -> tuple[str, str]:
    """Fills the folder; tokens, valid for ten years, of an administrator and of a guest. `more`:
    what stands behind our YAML.
    """
    (folder / ".storage").mkdir()
    (folder / "configuration.yaml").write_text(YAML.format(port=port) + more, "utf-8")
    (folder / "automations.yaml").write_text("[]\n", "utf-8")
    owner, guest = Person("Owner", "system-admin"), Person("Guest", "system-users")
    _store(folder, "auth", 1, _auth(owner, guest))
    done = ["user", "core_config", "analytics", "integration"]
    _store(folder, "onboarding", 4, {"done": done})
    _store(folder, "core.config_entries", 1, {"entries": [_mqtt_entry(mqtt_port)]})
    return _signed(owner), _signed(guest)


def _store(folder: Path, key: str, version: int, data: Stored) -> None:
    content = {"version": version, "minor_version": 1, "key": key, "data": data}
    (folder / ".storage" / key).write_text(json.dumps(content), "utf-8")


def _auth(*people: Person) -> Stored:
    groups = ("system-admin", "system-users", "system-read-only")
    return {
        "groups": [{"id": group, "name": group} for group in groups],
        "credentials": [],
        "users": [_user(person) for person in people],
        "refresh_tokens": [_refresh_token(person) for person in people],
    }


def _user(person: Person) -> Stored:
    return {
        "id": person.id,
        "group_ids": [person.group],
        "is_owner": person.group == "system-admin",
        "is_active": True,
        "name": person.name,
        "system_generated": False,
        "local_only": False,
    }


def _refresh_token(person: Person) -> Stored:
    return {
        "id": person.token_id,
        "user_id": person.id,
        "client_id": None,
        "client_name": "testbed",
        "client_icon": None,
        "token_type": "long_lived_access_token",
        "created_at": time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime()),
        "access_token_expiration": float(TEN_YEARS),
        "token": secrets.token_hex(64),
        "jwt_key": person.key,
        "last_used_at": None,
        "last_used_ip": None,
        "expire_at": None,
        "credential_id": None,
        "version": "2025.4.4",
    }


def _mqtt_entry(mqtt_port: int) -> Stored:
    return {
        "entry_id": uuid.uuid4().hex,
        "version": 1,
        "minor_version": 1,
        "domain": "mqtt",
        "title": "MQTT",
        "data": {"broker": "127.0.0.1", "port": mqtt_port, "discovery": True},
        "options": {},
        "pref_disable_new_entities": False,
        "pref_disable_polling": False,
        "source": "user",
        "unique_id": None,
        "disabled_by": None,
    }


def _signed(person: Person) -> str:
    """A JSON web token, signed with HMAC-SHA256 as Home Assistant does it."""
    now = int(time.time())
    claims = json.dumps({"iss": person.token_id, "iat": now, "exp": now + TEN_YEARS})
    head = b".".join(map(_base64, (b'{"alg":"HS256","typ":"JWT"}', claims.encode())))
    return b".".join(
        (head, _base64(hmac.digest(person.key.encode(), head, hashlib.sha256)))
    ).decode()


def _base64(content: bytes) -> bytes:
    return base64.urlsafe_b64encode(content).rstrip(b"=")
