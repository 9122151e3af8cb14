"""Every dependency does its work in a clean environment and sends nothing, not even a name lookup.

Clean, because some libraries hide what they send where they find `CI`. Each runs in a network of
its own, whose only way out is a loopback that is listened to; all at the same time, because most
of it is waiting: onnxruntime's telemetry comes after 14 s.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from hub.switches import SWITCHES

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("models")]
ROOT = Path(__file__).parents[2]
SECONDS = 25

_MODEL = "import hub; from hub.shelf.shelf import open_shelf; load = open_shelf().load; "
_SILERO = "silero/silero_vad_v6.onnx"
_ENGINE = (
    "import hub, numpy; from hub.engines import Workshop; from hub.settings import EngineChoice; "
    "from hub.shelf.shelf import open_shelf; workshop = Workshop(open_shelf(), 'en'); "
)
_ORT = (
    "from hub.shelf.shelf import open_shelf; import os; {before}import onnxruntime, numpy; "
    "[model] = open_shelf().load(['{model}']).values(); "
    "session = onnxruntime.InferenceSession(model); "
    "print(onnxruntime.__version__)"
)
WORK: Mapping[str, str] = {
    "onnxruntime": _ORT.format(before="", model=_SILERO),
    "faster-whisper, ctranslate2, tokenizers": _ENGINE
    + "workshop.asr(EngineChoice(engine='whisper')).transcribe("
    "numpy.ones(16000, numpy.int16) * 500)",
    "hibari-tts": _ENGINE + "workshop.tts(EngineChoice(engine='hibari')).speak('The lamp is on.')",
    "piper-tts": _ENGINE
    + "workshop.tts(EngineChoice(engine='piper', options={'voice': 'en_US-joe-medium'}))"
    ".speak('The lamp is on.')",
    "wake word and voice activity": _ENGINE + "workshop.wake(EngineChoice(engine='openwakeword')); "
    "workshop.vad(EngineChoice(engine='silero'))",
    "hassil, home-assistant-intents": "import hub; from hub.homes.demo import demo_home; "
    "from intents.grammar import Grammar; "
    "Grammar('en', demo_home()).parse('turn on the kitchen light')",
    "huggingface-hub": "import hub, huggingface_hub, huggingface_hub.utils; "
    "huggingface_hub.utils.send_telemetry('a', library_name='b')",
    "av": "import hub, av, io; out = av.open(io.BytesIO(), 'w', format='wav'); out.close()",
    "sounddevice": "import hub; from audio.sound_devices import listed; listed()",
    "aiohttp, aiomqtt, paho-mqtt, amqtt": "import hub; import integrations.broker, "
    "integrations.mqtt, integrations.homeassistant.client",
    "pydantic, msgspec, jinja2, pyyaml": "import hub, jinja2, yaml, msgspec; "
    "from hub.config import Config; Config()",
    "pymicro-wakeword": _ENGINE
    + "workshop.wake(EngineChoice(engine='microwakeword')).scores(numpy.ones(1280, numpy.int16))",
    "vosk": "import hub, vosk; vosk.SetLogLevel(-1)",
    "cryptography, pyrage": "import hub, pyrage; from cryptography.hazmat.primitives.asymmetric."
    "ed25519 import Ed25519PrivateKey; Ed25519PrivateKey.generate().sign(b'a'); "
    "pyrage.x25519.Identity.generate()",
}
TALKING = {
    "onnxruntime's telemetry": _ORT.format(
        before="[os.environ.pop(name) for name in ('ORT_DISABLE_TELEMETRY',)]; ", model=_SILERO
    ),
    "a name lookup": "import socket, contextlib\n"
    "with contextlib.suppress(OSError): socket.getaddrinfo('example.org', 443)",
    "a datagram over IPv6": "import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)"
    ".sendto(b'a', ('2001:db8::1', 9))",
}
_LISTENER = """
import os, runpy, socket, subprocess, sys
heard = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
for words in ("link set lo up", "route add default dev lo", "-6 route add default dev lo"):
    subprocess.run(["ip", *words.split()], check=True)
done = subprocess.run([sys.executable, "-c", sys.argv[1]], capture_output=True)
sys.stderr.buffer.write(done.stderr[-1500:])
heard.setblocking(False)
packets = []
try:
    while True:
        packets.append(heard.recv(2048))
except BlockingIOError:
    pass
print(len(packets), repr(b"".join(packets)[:400]))
sys.exit(done.returncode)
"""


@dataclass(frozen=True)
class Run:
    name: str
    process: subprocess.Popen[str]

    def packets(self) -> int:
        out, errors = self.process.communicate(timeout=SECONDS * 8)
        assert self.process.returncode == 0, f"{self.name}: {errors}"
        return int(out.split()[0])


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Run]]:
    home = tmp_path_factory.mktemp("home")
    started = {name: _run(name, code, home) for name, code in {**WORK, **TALKING}.items()}
    yield started
    for run in started.values():
        run.process.kill()
        run.process.communicate()


def _run(name: str, code: str, home: Path) -> Run:
    network = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--net", "--map-root-user"]
    program = f"{code}\nimport time; time.sleep({SECONDS})"
    process = subprocess.Popen(
        [*network, sys.executable, "-c", _LISTENER, program],
        env=_clean(home),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    return Run(name, process)


def _clean(home: Path) -> dict[str, str]:
    models = os.environ.get("INGLENOOK_MODELS")
    shelf = models or str(Path.home() / ".cache" / "inglenook" / "models")
    paths = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    return {"HOME": str(home), "PATH": paths, "INGLENOOK_MODELS": shelf}


@pytest.mark.parametrize("name", WORK)
def test_silent_in_a_clean_environment(runs: Mapping[str, Run], name: str) -> None:
    assert runs[name].packets() == 0


@pytest.mark.parametrize("name", TALKING)
def test_what_talks_is_heard(runs: Mapping[str, Run], name: str) -> None:
    """The control: this test can fail."""
    assert runs[name].packets() > 0


def test_children_inherit_the_switches() -> None:
    """A process that imports `hub` first, as all do, has them before any library loads."""
    told = "import hub, os, json; print(json.dumps(dict(os.environ)))"
    out = subprocess.run(
        [sys.executable, "-c", told], env={}, cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert SWITCHES.items() <= json.loads(out.stdout).items()
