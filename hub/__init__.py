"""The processes and the conversation; only hub knows the other four packages.

Importing it silences the dependencies that talk, before any of them can be imported.
"""

from hub.switches import silence

silence()
