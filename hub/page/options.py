"""The settings, key by key. A secret is where it lies, never what it is. Pure."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from pydantic import BaseModel

from hub.config import Config
from hub.page.forms import Form, form
from hub.section import Secret


class OptionShown(msgspec.Struct, frozen=True):
    """`value` as YAML would have it; `chosen`: it stands in the settings; `form`: how it may be
    changed here.
    """

    key: str
    value: str
    about: str
    chosen: bool
    form: Form = Form()


def options(config: Config) -> tuple[OptionShown, ...]:
    return tuple(_of(config, "", chosen=True))


def _of(section: BaseModel, above: str, *, chosen: bool) -> Iterator[OptionShown]:
    for name, field in type(section).model_fields.items():
        value: object = getattr(section, name)
        about = " ".join((field.description or "").split())
        is_chosen = chosen and name in section.model_fields_set
        key = f"{above}{name}"
        how = form(type(section), name, key)
        yield from _shown(OptionShown(key, "", about, is_chosen, how), value)


def _shown(option: OptionShown, value: object) -> Iterator[OptionShown]:
    key, chosen = option.key, option.chosen
    match value:
        case Secret():
            yield msgspec.structs.replace(option, value=_secret(value))
        case BaseModel():
            yield from _of(value, f"{key}.", chosen=chosen)
        case dict() if value:
            for name, each in value.items():
                yield from _shown(OptionShown(f"{key}.{name}", "", option.about, chosen), each)
        case _:
            written = json.dumps(_plain(value), ensure_ascii=False)
            yield msgspec.structs.replace(option, value=written)


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
