"""What the kernel has counted for one TCP connection (struct tcp_info of linux/tcp.h)."""

import socket
import struct
import sys
from dataclasses import dataclass
from fcntl import ioctl
from termios import TIOCOUTQ as _SIOCOUTQ

_SIZE = 216
"""Up to and with tcpi_bytes_retrans, in the kernel since Linux 4.19."""
_STATE, _ACKED, _RECEIVED, _UNSENT, _SENT, _AGAIN = 0, 120, 128, 144, 200, 208
"""Offsets of tcpi_state, and of its bytes acked, received, notsent, sent and retrans.

Payload sent is sent - retrans. But what a full queue of this machine dropped is sent anew and never
counted as retrans; so it is no more than what was confirmed and what is on its way.
"""
_SYN_SENT, _SYN_RECEIVED, _CLOSED, _LISTENING = 2, 3, 7, 10
_ENDED_BY_US, _ENDED_BY_THEM = frozenset({4, 9, 11}), frozenset({8, 9, 11})
"""FIN_WAIT1, LAST_ACK, CLOSING; CLOSE_WAIT, LAST_ACK, CLOSING (net/tcp_states.h)."""
_MAY_SEND = frozenset({1, 8}) | _ENDED_BY_US
_END_CONFIRMED = frozenset({5, 6})
"""FIN_WAIT2, TIME_WAIT."""
_INTERNET = frozenset({socket.AF_INET, socket.AF_INET6})


class CountersMissing(Exception):
    """The kernel is too old to count what a connection sends."""


@dataclass(frozen=True, slots=True)
class Counters:
    """Bytes of payload. `unsent`: handed to the kernel, waiting for the peer; it will be sent even
    after a close. After both sides have ended `received` may be one too many, and `sent` too, but
    only where this machine dropped.
    """

    reached: bool
    sent: int
    unsent: int
    received: int


def read(line: socket.socket, *, began: bool = False) -> Counters:
    """Of a TCP socket that does not listen. `began`: by us, for certain.

    Raises CountersMissing, OSError.
    """
    raw = line.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _SIZE)
    if len(raw) < _SIZE:
        raise CountersMissing("This kernel does not count the bytes sent: Linux 4.19 is needed.")
    state = raw[_STATE]
    acked, received = struct.unpack_from("=QQ", raw, _ACKED)
    sent, again = struct.unpack_from("=QQ", raw, _SENT)
    (unsent,) = struct.unpack_from("=I", raw, _UNSENT)
    # The beginning and the end of a connection count as a byte each, also an end that waits.
    end_waits = state in _ENDED_BY_US and unsent > 0
    ended = state in _END_CONFIRMED or (state in _ENDED_BY_US and not end_waits)
    most = acked + _on_its_way(line, unsent) - (began and acked > 0) - ended
    return Counters(
        reached=acked > 0 or state not in {_SYN_SENT, _SYN_RECEIVED, _CLOSED, _LISTENING},
        sent=min(sent - again, most),
        unsent=unsent - end_waits if state in _MAY_SEND else 0,
        received=received - (state in _ENDED_BY_THEM),
    )


def _on_its_way(line: socket.socket, unsent: int) -> int:
    """Bytes sent and not confirmed. SIOCOUTQ (man 7 tcp) has those that wait, too."""
    queued = int.from_bytes(ioctl(line, _SIOCOUTQ, bytes(4)), sys.byteorder)
    return max(0, queued - unsent)


def peer(line: socket.socket) -> tuple[str, int] | None:
    """Address and port; None while there is none, and of one that broke."""
    try:
        address = line.getpeername()
    except OSError:
        return None
    return str(address[0]), int(address[1])


def is_internet(line: socket.socket) -> bool:
    return line.family in _INTERNET


def is_stream(line: socket.socket) -> bool:
    return line.type == socket.SOCK_STREAM


def is_listening(line: socket.socket) -> bool:
    return bool(line.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
