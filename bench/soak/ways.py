"""How commands reach the hub: said into its microphone, typed over MQTT, Wyoming or on its page."""

import asyncio
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from aiomqtt import Client, MqttError
from wyoming.asr import Transcript
from wyoming.client import AsyncTcpClient

from bench.soak.commands import Command
from bench.soak.witnesses import Reader
from tests.audio.pulse import Pulse

NODE = "soak"
_PATIENCE = 5.0


@dataclass(frozen=True, slots=True)
class Ways:
    """`recordings` of sentences, each with a wake word before it."""

    sound: Pulse
    recordings: Mapping[Command, Path]
    mqtt_port: int
    wyoming_port: int
    reader: Reader
    session: aiohttp.ClientSession

    async def send(self, command: Command) -> bool:
        """Whether it was taken: by the broker, where it goes over one. A hub that does not take
        what comes straight to it is one that loses it.
        """
        match command.way:
            case "voice":
                await asyncio.to_thread(self.sound.play, self.recordings[command])
            case "mqtt":
                payload = {"v": 1, "text": command.text}
                return await self._publish(f"inglenook/{NODE}/cmd/ask", payload)
            case "hermes":
                payload = {"input": command.text, "siteId": NODE}
                return await self._publish("hermes/nlu/query", payload)
            case "wyoming":
                with suppress(OSError, TimeoutError):
                    await self._wyoming(command.text)
            case "page":
                with suppress(aiohttp.ClientError, OSError, TimeoutError):
                    await self.reader.do(self.session, "ask", {"text": command.text})
        return True

    async def _publish(self, topic: str, payload: Mapping[str, object]) -> bool:
        """Whether the broker has confirmed it."""
        try:
            async with (
                asyncio.timeout(_PATIENCE),
                Client("127.0.0.1", self.mqtt_port) as client,
            ):
                await client.publish(topic, json.dumps(payload), qos=1)
        except (MqttError, OSError, TimeoutError):
            return False
        return True

    async def _wyoming(self, text: str) -> None:
        async with asyncio.timeout(20), AsyncTcpClient("127.0.0.1", self.wyoming_port) as client:
            await client.write_event(Transcript(text).event())
            await client.read_event()
