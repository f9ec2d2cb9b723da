"""Eight clients that ask as fast as they are answered, each a process with a kept-alive connection."""

import multiprocessing
import socket
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

CLIENTS = 8
RECONNECT = 50  # requests; a server process that took more connections than the other does not keep them


@dataclass
class Answers:
    """What came back: how many of each status, how fast, and the longest wait."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: float = 0
    worst_ms: float = 0

    @property
    def rate(self) -> float:
        return self.statuses.total() / self.seconds


def get(port: int, path: str, cookie: str = "") -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n".encode()


def post(port: int, path: str, fields: dict[str, str], cookie: str = "") -> bytes:
    body = urlencode(fields)
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\nContent-Length: {len(body)}\r\n"
    return f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\n{body}".encode()


def ask(port: int, requests: Sequence[bytes], *, seconds: float | None = None, clients: int = CLIENTS) -> Answers:
    """Share the requests out between clients: each is sent once, or, given seconds, again and again for so long.

    Where there are fewer requests than clients, each client sends them all.
    """
    gate, results = multiprocessing.Barrier(clients), multiprocessing.SimpleQueue()
    parts = [requests[n::clients] or (requests if seconds else []) for n in range(clients)]
    processes = [multiprocessing.Process(target=_client, args=(port, part, seconds, gate, results)) for part in parts]
    for process in processes:
        process.start()
    found = [results.get() for _ in processes]
    for process in processes:
        process.join()
    return Answers(
        statuses=sum((statuses for statuses, *_ in found), Counter()),
        seconds=max(ended for _, _, ended, _ in found) - min(began for _, began, _, _ in found),
        worst_ms=max(worst for *_, worst in found) * 1000,
    )


def _client(port: int, requests: Sequence[bytes], seconds: float | None, gate: Any, results: Any) -> None:
    statuses, worst = Counter[int](), 0.0
    gate.wait()
    began = now = time.monotonic()
    connection = None
    for n, request in enumerate(cycle(requests) if seconds else requests):
        if n % RECONNECT == 0:
            connection = socket.create_connection(("127.0.0.1", port), timeout=60)
        statuses[answer(connection, request)] += 1
        before, now = now, time.monotonic()
        worst = max(worst, now - before)
        if seconds and now - began > seconds:
            break
    results.put((statuses, began, now, worst))


def answer(connection: socket.socket, request: bytes) -> int:
    """Send one request and read the whole answer; its status."""
    connection.sendall(request)
    got = b""
    while (end := got.find(b"\r\n\r\n")) < 0:
        got += _more(connection)
    head = got[:end].lower()
    length = int(head.partition(b"\r\ncontent-length: ")[2].partition(b"\r\n")[0])
    left = end + 4 + length - len(got)
    while left > 0:
        left -= len(_more(connection))
    return int(head[9:12])


def _more(connection: socket.socket) -> bytes:
    return connection.recv(65536) or _hung_up()


def _hung_up() -> bytes:
    raise ConnectionError("The server hung up in the middle of an answer.")
