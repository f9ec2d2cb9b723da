"""Serving the clinic from one command: web processes, and a worker beside them."""

import gc
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from sqlalchemy.exc import DBAPIError

import config
from clinic import demo, startup
from clinic.aftercare.operations.check_ins import ask_how_they_are
from clinic.aftercare.operations.reminding import remind_of_practice
from clinic.booking.guard import GuardMissingError
from clinic.booking.mail import sender_of
from clinic.booking.operations import ask_for_renewals, ask_for_replacements, offer_free_times
from clinic.booking.programme import programme
from clinic.bringing import shelf
from clinic.core import clock
from clinic.core.crypto import KeyTroubleError, keyring
from clinic.core.db import db
from clinic.core.errors import log_failure
from clinic.core.mail import FolderPost, Post, SmtpPost
from clinic.core.trail import seal_new
from clinic.intake.operations import forget_old_answers, forget_old_drafts
from clinic.messages.operations import Postbox, send_due
from clinic.notes.operations.draft_keys import forget_old_keys

log = logging.getLogger("clinic")
PAUSE_SECONDS = 1.0
START_AGAIN_SECONDS = 5.0  # a worker that cannot start is not tried all the time


def serve(app: Flask) -> None:
    """Serve until Ctrl-C. A taken port, missing guard or wrong keys are one line, before anything starts."""
    settings: config.Settings = app.extensions["clinic.settings"]
    _check(app)
    _refuse_taken_port(settings.port)
    _greet(settings)
    db.session.remove()
    db.engine.dispose()
    log.setLevel(logging.WARNING)
    gc.collect()
    gc.freeze()  # what is there before the first request stays: looking through it again took a tenth of each page
    _Server(app, settings).run()


def _check(app: Flask) -> None:
    try:
        startup.check(app)
    except (config.SettingError, KeyTroubleError, GuardMissingError) as error:
        raise click.ClickException(str(error)) from error


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise click.ClickException(
                f"Port {port} cannot be used ({error.strerror}). Choose another: PORT=8001 make run",
            ) from error


def _greet(settings: config.Settings) -> None:
    known = programme(db.session)
    click.echo(f"\n  {known.clinic.name if known else 'The clinic'} is open at {settings.public_url}")
    if known and known.clinic.demo:
        click.echo("  It is a demo: everybody in it is invented.\n")
        for email, role in demo.SIGN_INS:
            click.echo(f"  Sign in as {role:<36} {email}")
        click.echo(f"  The password of all of them is       {demo.PASSWORD}")
        if outbox_folder(settings):
            click.echo(f"  Mail that would go out               {settings.public_url}/outbox")
    click.echo("\n  Ctrl-C stops it.\n")


class _Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn around an app that is already loaded."""

    def __init__(self, app: Flask, settings: config.Settings) -> None:
        self.application, self.settings = app, settings
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": f"127.0.0.1:{self.settings.port}",
            "workers": self.settings.web_processes,
            "threads": 2,
            "worker_class": "gthread",
            "loglevel": "critical",
            "on_exit": _Master.stop_worker,
            "graceful_timeout": 2,
            "control_socket_disable": True,
            "preload_app": True,
        }
        for name, value in options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.application

    def run(self) -> None:
        _Master(self).run()


class _Master(Arbiter):  # type: ignore[misc]
    """Gunicorn's own, which looks after the clinic's worker as after the web processes: one that was killed is started
    again.
    """

    clinic_worker: subprocess.Popen[bytes] | None = None
    tried_at = float("-inf")

    def manage_workers(self) -> None:
        super().manage_workers()
        goes_on = self.clinic_worker and self.clinic_worker.poll() is None
        if not goes_on and time.monotonic() - self.tried_at > START_AGAIN_SECONDS:
            self.tried_at = time.monotonic()
            command = [str(Path(sys.executable).with_name("flask")), "worker", "--beside", str(os.getpid())]
            self.clinic_worker = subprocess.Popen(command, start_new_session=True)  # noqa: S603

    def stop_worker(self) -> None:
        if self.clinic_worker and self.clinic_worker.poll() is None:
            self.clinic_worker.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.clinic_worker.wait(10)


def work(app: Flask, *, once: bool = False, beside: int | None = None) -> None:
    """The worker's rounds, a second apart, until told to stop or until the server it works beside is gone."""
    _check(app)  # with other keys it would mail links that open nothing
    stopped = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stopped.set())
    while not stopped.is_set() and beside in {None, os.getppid()}:
        failures = _round(app)
        if once and failures:
            raise failures[0]
        if once:
            return
        stopped.wait(PAUSE_SECONDS)


def _round(app: Flask) -> list[Exception]:
    """One round, and what failed of it. A database that is away for a while is tried again in the next; anything else
    is told in the log, and keeps nothing else from being done.
    """
    failures: list[Exception] = []
    with app.test_request_context(base_url=app.config["PUBLIC_URL"]):
        try:
            for task in _tasks(app):
                try:
                    task()
                except DBAPIError:
                    raise
                except Exception as error:  # noqa: BLE001  (mail goes out whatever else is broken)
                    db.session.rollback()
                    log_failure(error)
                    failures.append(error)
        except DBAPIError as error:
            log.warning("worker waits for the database", extra={"kind": type(error).__name__})
        finally:
            db.session.remove()
    return failures


def _tasks(app: Flask) -> Iterator[Callable[[], object]]:
    """What a round does, in order."""
    instance = app.extensions["clinic.settings"].instance
    yield partial(seal_new, db.session, keyring(), instance)
    for ask in (offer_free_times, ask_for_renewals, ask_for_replacements, ask_how_they_are, remind_of_practice):
        yield partial(ask, db.session, now=clock.now())
    yield partial(_send_mail, app)
    for forget in (forget_old_answers, forget_old_drafts, forget_old_keys):
        yield partial(forget, db.session, now=clock.now())
    yield partial(shelf.sweep, instance / "imports", clock.now())


def _send_mail(app: Flask) -> None:
    if postbox := postbox_of(app):
        send_due(db.session, app.extensions["clinic.composers"], postbox, now=clock.now())


def postbox_of(app: Flask) -> Postbox | None:
    """How this clinic's mail goes out; None where a real clinic has no mail settings yet, and mail waits."""
    settings: config.Settings = app.extensions["clinic.settings"]
    known = programme(db.session)
    if known is None:
        return None
    post: Post
    if settings.smtp_host:
        post = SmtpPost(
            settings.smtp_host,
            settings.smtp_port,
            settings.smtp_security,
            settings.smtp_user,
            settings.smtp_password,
        )
    elif folder := outbox_folder(settings):
        post = FolderPost(folder)
    else:
        return None
    return Postbox(post, sender_of(known.clinic))


def outbox_folder(settings: config.Settings) -> Path | None:
    """Where a demo on this machine drops its mail; None wherever mail is real."""
    known = programme(db.session)
    is_demo = bool(known and known.clinic.demo)
    return settings.instance / "outbox" if is_demo and settings.mail_stays else None
