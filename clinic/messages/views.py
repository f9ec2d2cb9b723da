"""The demo's outbox: what a mail server would have carried."""

import email
from email.policy import default
from pathlib import Path

from flask import Blueprint, abort, current_app, render_template

from clinic.core.access import public

bp = Blueprint("outbox", __name__)
SHOWN = 50


@bp.get("/outbox")
@public
def index() -> str:
    """The latest mails, newest first. Only in a demo clinic that sends none: real mail is nobody's to read."""
    folder: Path | None = current_app.extensions["clinic.outbox_folder"]()
    if folder is None:
        abort(404)
    files = sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime, reverse=True)[:SHOWN]
    return render_template("messages/outbox.html", mails=[_read(file) for file in files])


def _read(file: Path) -> dict[str, str]:
    message = email.message_from_bytes(file.read_bytes(), policy=default)
    body = message.get_body(("plain",))
    text = body.get_content() if body else ""
    names = [part.get_filename() or "" for part in message.iter_attachments()]
    return {
        "to": str(message["To"]),
        "subject": str(message["Subject"]),
        "at": str(message["Date"]),
        "text": text,
        "attached": ", ".join(names),
    }
