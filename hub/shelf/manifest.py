"""The manifest: every model file by name, with its SHA-256, size, licence and sources."""

from collections.abc import Iterable
from typing import Annotated

import msgspec

from hub.shelf.errors import ManifestInvalid, ModelUnknown

DEFAULT = "default"
"""The group that the settings as delivered need."""

Name = Annotated[str, msgspec.Meta(pattern=r"\A[a-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*\Z")]
Group = Annotated[str, msgspec.Meta(pattern=r"\A[a-z0-9-]+\Z")]
Package = Annotated[str, msgspec.Meta(pattern=r"\A[a-z0-9][a-z0-9-]*\Z")]
Version = Annotated[str, msgspec.Meta(pattern=r"\A[A-Za-z0-9][\w.]*\Z")]
Sha256 = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]
Positive = Annotated[int, msgspec.Meta(ge=1)]


class Member(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file inside the wheel of `package==version`; an empty path is the wheel itself."""

    package: Package
    version: Version
    path: str


class Wheels(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="from", tag="wheels"
):
    """The parts, joined in this order."""

    parts: Annotated[tuple[Member, ...], msgspec.Meta(min_length=1)]


class Url(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="from", tag="url"):
    url: Annotated[str, msgspec.Meta(pattern=r"\Ahttps?://")]


Source = Wheels | Url


class Export(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same model written by another tool, which does as well."""

    size: Positive
    sha256: Sha256


class ModelFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`size` in bytes; `group` is what `inglenook models pull GROUP` takes."""

    name: Name
    group: Group
    version: str
    licence: str
    size: Positive
    sha256: Sha256
    sources: Annotated[tuple[Source, ...], msgspec.Meta(min_length=1)]
    also: tuple[Export, ...] = ()

    @property
    def sizes(self) -> frozenset[int]:
        return frozenset({self.size, *(export.size for export in self.also)})

    def is_it(self, size: int, sha256: str) -> bool:
        """Whether a file like this is the model, in any of its exports."""
        return (size, sha256) in {
            (self.size, self.sha256),
            *((export.size, export.sha256) for export in self.also),
        }


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`serial` grows with every change."""

    serial: Positive
    files: tuple[ModelFile, ...]

    def file(self, name: str) -> ModelFile:
        """Raises ModelUnknown."""
        for file in self.files:
            if file.name == name:
                return file
        raise ModelUnknown(
            f"There is no model {name!r}. `inglenook models list` shows those there are."
        )

    def groups(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(file.group for file in self.files))

    def members(self, groups: Iterable[str]) -> tuple[ModelFile, ...]:
        wanted = frozenset(groups)
        return tuple(file for file in self.files if file.group in wanted)


def decode(content: bytes, label: str) -> Manifest:
    """`label` names the list in messages. Raises ManifestInvalid."""
    try:
        manifest = msgspec.json.decode(content, type=Manifest)
    except msgspec.DecodeError as error:
        raise ManifestInvalid(
            f"The list of models {label} is of another kind than this version knows ({error}). "
            f"Update Inglenook."
        ) from error
    names = [file.name for file in manifest.files]
    if len(set(names)) < len(names):
        raise ManifestInvalid(f"The list of models {label} names a file twice.")
    return manifest
