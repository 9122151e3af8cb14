"""The real Home Assistant that this folder's tests speak to."""

from tests.testbed.fixtures import home_assistant

__all__ = ["home_assistant"]
