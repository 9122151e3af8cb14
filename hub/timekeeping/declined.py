"""Why a wish about time was not granted."""


class Declined(Exception):
    """`key` and `values` of the phrase that says why."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
