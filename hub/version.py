"""The version that is installed, from its one place: pyproject.toml."""

from importlib.metadata import version

VERSION = version("inglenook")
