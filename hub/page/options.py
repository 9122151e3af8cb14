"""The settings in use, key by key. A secret is where it lies, never what it is. Pure."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from pydantic import BaseModel

from hub.config import Config
from hub.section import Secret


class OptionShown(msgspec.Struct, frozen=True):
    """`value` as YAML would have it; `chosen`: it stands in the settings file."""

    key: str
    value: str
    about: str
    chosen: bool


class OptionsShown(msgspec.Struct, frozen=True):
    options: tuple[OptionShown, ...]


def options(config: Config) -> OptionsShown:
    return OptionsShown(tuple(_of(config, "", chosen=True)))


def _of(section: BaseModel, above: str, *, chosen: bool) -> Iterator[OptionShown]:
    for name, field in type(section).model_fields.items():
        value: object = getattr(section, name)
        about = " ".join((field.description or "").split())
        is_chosen = chosen and name in section.model_fields_set
        yield from _shown(f"{above}{name}", value, about, chosen=is_chosen)


def _shown(key: str, value: object, about: str, *, chosen: bool) -> Iterator[OptionShown]:
    match value:
        case Secret():
            yield OptionShown(key, _secret(value), about, chosen)
        case BaseModel():
            yield from _of(value, f"{key}.", chosen=chosen)
        case dict() if value:
            for name, each in value.items():
                yield from _shown(f"{key}.{name}", each, about, chosen=chosen)
        case _:
            yield OptionShown(key, json.dumps(_plain(value), ensure_ascii=False), about, chosen)


def _secret(secret: Secret) -> str:
    place = {"file": str(secret.file)} if secret.file else {"env": secret.env}
    return json.dumps(place)


def _plain(value: object) -> object:
    match value:
        case BaseModel():
            return _plain(value.model_dump(exclude_unset=True))
        case Path():
            return str(value)
        case str() | int() | float() | None:
            return value
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case Sequence():
            return [_plain(each) for each in value]
        case _:
            return str(value)
