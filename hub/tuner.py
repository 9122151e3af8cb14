"""Asking senses which sensitivity would fit: it alone has the scores, the house only a proposal."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from hub.door.door import SensesDoor
from hub.messages import ToSenses, Tune, Tuned

_PATIENCE = 5.0
"""Seconds: senses answers between two pieces of sound, or after it has recognised a sentence."""


@dataclass
class Tuner:
    door: SensesDoor
    to_senses: Callable[[ToSenses], None]
    _waiting: asyncio.Future[Tuned] | None = None

    async def propose(self) -> Tuned | None:
        """None where senses does not answer: it is muted, or starting."""
        if self._waiting is None or self._waiting.done():
            self._waiting = asyncio.get_running_loop().create_future()
            self.door.expect_tuning()
            self.to_senses(Tune())
        try:
            return await asyncio.wait_for(asyncio.shield(self._waiting), _PATIENCE)
        except TimeoutError:
            return None

    def take(self, told: Tuned) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(told)
