"""Small mistakes that must be seen: `python -m hub.proof.slips ipv6|field`.

`ipv6`: one datagram over IPv6. `field`: a well-behaved MQTT client that publishes a state of ours
with one field too many.
"""

import socket
import sys

from hub.proof.addresses import BROKER, BROKER_PORT, STRANGER_6
from hub.proof.settings import TOPICS

_TOPIC = TOPICS.under("state/assist").encode()
_PAYLOAD = b'{"v":1,"state":"idle","field":1}'
_CONNECT, _RETAINED, _DISCONNECT = b"\x10\x10\0\4MQTT\4\2\0\x3c\0\4slip", 0x31, b"\xe0\0"
_DISCARD = 9


def _ipv6() -> None:
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as line:
        line.sendto(b"1", (STRANGER_6, _DISCARD))


def _field() -> None:
    body = len(_TOPIC).to_bytes(2, "big") + _TOPIC + _PAYLOAD
    with socket.create_connection((BROKER, BROKER_PORT)) as line:
        line.sendall(_CONNECT)
        line.recv(4)
        line.sendall(bytes((_RETAINED, len(body))) + body + _DISCONNECT)
        line.recv(1)


if __name__ == "__main__":
    _ipv6() if sys.argv[1] == "ipv6" else _field()
