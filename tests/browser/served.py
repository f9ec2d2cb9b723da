"""The real clinic, served as `flask start` serves it, with a mail server that takes its mail."""

import email
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.policy import default
from pathlib import Path
from queue import Queue
from threading import Event
from urllib.error import URLError
from urllib.request import urlopen

from aiosmtpd.controller import Controller

from tests.drills.served import free_port

ROOT = Path(__file__).parents[2]
SECONDS = 60  # the longest that anything is waited for


class Clinic:
    """One `flask start`, at `url`, until `stop`."""

    def __init__(self, folder: Path, **settings: str) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.database = settings["DATABASE_URL"]
        self.said = folder / "said.txt"
        environ = {"INSTANCE": str(folder), "PORT": str(port), "WEB_PROCESSES": "2", **settings}
        plain = {"PATH": os.environ["PATH"], "FLASK_SKIP_DOTENV": "1", "FLASK_APP": "clinic.wsgi:for_commands"}
        with self.said.open("w") as said:
            flask = str(Path(sys.executable).with_name("flask"))
            self.process = subprocess.Popen(
                [flask, "start"],
                cwd=ROOT,
                env={**plain, **environ},
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # so that all its processes can be stalled at once
            )
        until(self._is_up)

    def _is_up(self) -> bool:
        assert self.process.poll() is None, self.said.read_text()
        try:
            with urlopen(f"{self.url}/healthz") as answer:
                return answer.status == 200
        except URLError:
            return False

    @contextmanager
    def stalled(self) -> Iterator[None]:
        """It takes whoever asks, and answers nobody: as over the worst line there is."""
        os.killpg(self.process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(self.process.pid, signal.SIGCONT)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(SECONDS)


class Mailbox(Controller):
    """A real SMTP server. What it gets can be waited for."""

    def __init__(self) -> None:
        self.got = Queue()
        super().__init__(self, hostname="127.0.0.1", port=free_port())

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  (aiosmtpd's name)
        self.got.put(email.message_from_bytes(envelope.content, policy=default))
        return "250 OK"

    def settings(self) -> dict[str, str]:
        return {
            "SMTP_HOST": self.hostname,
            "SMTP_PORT": str(self.port),
            "SMTP_SECURITY": "none",
            "MAIL_FROM": "clinic@clinic.test",
        }

    def next_to(self, address: str):
        """The next mail to somebody; mails to others that came before it are dropped."""
        while True:
            mail = self.got.get(timeout=SECONDS)
            if mail["To"] == address:
                return mail


def until(happened: Callable[[], bool]) -> None:
    """Wait for it, and no longer than it takes."""
    for _ in range(SECONDS * 10):
        if happened():
            return
        Event().wait(0.1)
    raise AssertionError(f"not within {SECONDS} seconds")
