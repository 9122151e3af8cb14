"""A piece of Home Assistant's discovery document."""

Json = str | int | float | bool | list["Json"] | dict[str, "Json"] | None
Component = dict[str, Json]
