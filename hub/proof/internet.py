"""An internet that is not one: every name has an address, and somebody listens there.

`python -m hub.proof.internet` runs where every address is local. It keeps no record: what the house
sends is seen on the wire. It is there so that whoever calls out goes on talking.
"""

import socket

_PORTS = (53, 80, 443, 853, 8080, 8883)
_FOUND = {
    1: bytes((203, 0, 113, 53)),
    28: bytes.fromhex("20010db8005300000000000000000053"),
}
"""Type asked for (A, AAAA) -> every name's address, from the blocks for documentation."""
_HEADER, _TYPE_AND_CLASS = 12, 4
_LARGEST = 65_536


def answer_to(query: bytes) -> bytes:
    """The answer to a query of one question (RFC 1035); nothing to what is no query."""
    end = query.find(b"\0", _HEADER) + 1 + _TYPE_AND_CLASS
    question = query[_HEADER:end]
    if len(question) <= _TYPE_AND_CLASS or len(query) < end:
        return b""
    address = _FOUND.get(int.from_bytes(question[-4:-2], "big"))
    counts = bytes((0, 1, 0, 1 if address else 0, 0, 0, 0, 0))
    head = query[:2] + b"\x81\x80" + counts + question
    if address is None:
        return head
    # A pointer to the name, the type and class asked for, a minute to live.
    record = b"\xc0\x0c" + question[-4:] + (60).to_bytes(4, "big")
    return head + record + len(address).to_bytes(2, "big") + address


def main() -> None:
    """The kernel shakes hands and takes what comes; nobody need read it."""
    listening = [
        socket.create_server(("::", port), family=socket.AF_INET6, dualstack_ipv6=True)
        for port in _PORTS
    ]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as names:
        names.bind(("", _PORTS[0]))
        while listening:
            query, asker = names.recvfrom(_LARGEST)
            if answer := answer_to(query):
                names.sendto(answer, asker)


if __name__ == "__main__":
    main()
