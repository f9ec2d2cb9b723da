"""The real server, as `flask start` runs it: web processes and worker, in a process group that can be killed."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

import config
from tests.databases import drop_database, new_database

ROOT = Path(__file__).parent.parent.parent


class Served:
    """A clinic of ten therapists on a fresh database, in `folder`."""

    def __init__(self, folder: Path, database_url: str, *, web_processes: int = 4) -> None:
        self.folder, self.database_url, self.port = folder, database_url, free_port()
        ours = {
            "INSTANCE": str(folder / "instance"),
            "DATABASE_URL": database_url,
            "PORT": str(self.port),
            "WEB_PROCESSES": str(web_processes),
            "FLASK_APP": "clinic.wsgi:for_commands",
            "FLASK_SKIP_DOTENV": "1",
        }
        self.environ = {name: value for name, value in os.environ.items() if name not in config.NAMES} | ours
        self.process = None

    def run(self, module: str, *args: str) -> None:
        """Run one of our modules on this clinic, such as the one that makes it."""
        subprocess.run([sys.executable, "-m", module, *args], cwd=ROOT, env=self.environ, check=True)

    def flask(self, *args: str, **environ: str) -> subprocess.CompletedProcess:
        """Run one of our commands on this clinic; what it said, and its exit code."""
        flask = Path(sys.executable).with_name("flask")
        return subprocess.run(
            [flask, *args], cwd=ROOT, env={**self.environ, **environ}, capture_output=True, text=True, check=False
        )

    def start(self) -> float:
        """Start, and wait for the first page; the seconds it took."""
        began = time.perf_counter()
        flask = Path(sys.executable).with_name("flask")
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [flask, "start"], cwd=ROOT, env=self.environ, stdout=log, stderr=log, start_new_session=True
            )
        wait_for_page(self.process, self.port, (self.folder / "log").read_text)
        return time.perf_counter() - began

    def kill(self) -> None:
        """End it with kill −9: every process of it, at once, without a word."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End it as Ctrl-C would."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)
            self.process.wait(30)

    def web_processes_mb(self) -> list[float]:
        """The memory of each web process, pages shared between them counted in each."""
        return [child.memory_info().rss / 2**20 for child in self._running("start")]

    def workers(self) -> set[int]:
        """The process ids of its workers that live: one, but for moments."""
        return {child.pid for child in self._running("worker")}

    def _running(self, command: str) -> list[psutil.Process]:
        """Its processes that run this command of ours."""
        found = []
        for child in psutil.Process(self.process.pid).children():
            with suppress(psutil.NoSuchProcess):  # it ended while we looked
                if command in child.cmdline():
                    found.append(child)
        return found


@contextmanager
def place(kind: str, **options):
    """An empty place on one of the two databases, gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        clinic = Served(Path(folder), new_database(kind, Path(folder)), **options)
        try:
            yield clinic
        finally:
            clinic.stop()
            drop_database(clinic.database_url)


@contextmanager
def served(kind: str, **options):
    """A served clinic on one of the two databases, gone afterwards."""
    with place(kind, **options) as clinic:
        clinic.run("tests.drills.clinic")
        clinic.start()
        yield clinic


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_page(process: subprocess.Popen, port: int, log) -> None:
    """Until the first page comes with 200; says what the log says where the server gives up instead."""
    while not _answers(port):
        try:
            process.wait(0.02)
        except subprocess.TimeoutExpired:
            continue
        raise RuntimeError(f"The server did not start: {log()}")


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
