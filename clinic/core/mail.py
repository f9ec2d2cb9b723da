"""Sending mail. The only module that speaks SMTP.

Without SMTP settings a demo clinic drops its mail into a folder, where the outbox page shows it.
"""

import os
import re
import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol

from email_validator import validate_email
from flask import current_app

from clinic.core.lines import one_line


@dataclass(frozen=True)
class Letter:
    """One mail, composed: to whom, about what, the words, and a calendar entry where there is one.

    The words are plain text: paragraphs with an empty line between. A line that is nothing but a web address is a
    link; where the line before it ends in a colon, that line says what it leads to.
    """

    to: str
    subject: str
    text: str
    calendar: bytes | None = None
    calendar_method: str = "PUBLISH"
    unsubscribe: str = ""  # an address that ends mails of this kind when it is posted to (RFC 8058)


class Post(Protocol):
    """Takes a finished message; raises OSError where it can't be delivered now (all of SMTP's own errors are one)."""

    def send(self, message: EmailMessage) -> None: ...


@dataclass(frozen=True)
class SmtpPost:
    host: str
    port: int
    security: str
    user: str | None = None
    password: str | None = None

    def send(self, message: EmailMessage) -> None:
        connect = smtplib.SMTP_SSL if self.security == "tls" else smtplib.SMTP
        with connect(self.host, self.port, timeout=20) as server:
            if self.security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if self.user:
                server.login(self.user, self.password or "")
            server.send_message(message)


@dataclass(frozen=True)
class FolderPost:
    """The demo's letter box: one file a mail, readable by this user alone."""

    folder: Path

    def send(self, message: EmailMessage) -> None:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        name = str(message["Message-ID"]).strip("<>").partition("@")[0]
        handle = os.open(self.folder / f"{name}.eml", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(bytes(message))


@dataclass(frozen=True)
class Sender:
    """From whom the clinic's mail is, and where answers go; empty: to the same address."""

    address: str
    name: str
    reply_to: str = ""


def _as_servers_write(address: str) -> str:
    """The address with its domain in plain letters, müller.de as xn--mller-kva.de, which every mail server takes."""
    if address.isascii():
        return address
    return validate_email(address, check_deliverability=False, test_environment=True).ascii_email or address


def envelope(letter: Letter, sender: Sender, *, message_id: str, now: datetime, drawing: bytes = b"") -> EmailMessage:
    """The letter as a mail. Its Message-ID is the same on every try, so that it is shown once. `drawing`: a PNG at its
    foot, the same for everybody.
    """
    user, _, domain = sender.address.partition("@")
    message = EmailMessage()
    message["From"] = Address(_name(sender.name), user, domain)
    if sender.reply_to:
        message["Reply-To"] = _head(sender.reply_to)
    message["To"] = _as_servers_write(letter.to)
    message["Subject"] = _head(letter.subject)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{message_id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    text = re.sub(r"\n\s*\n", "\n\n", letter.text.strip())  # parts that were left out leave empty lines behind
    message.set_content(f"{text}\n")
    message.add_alternative(_as_page(letter.subject, text, with_drawing=bool(drawing)), subtype="html")
    if drawing:
        page = message.get_body(("html",))
        page.add_related(drawing, "image", "png", cid="<drawing>", disposition="inline")  # type: ignore[union-attr]
    if letter.calendar:
        _add_calendar(message, letter.calendar, letter.calendar_method)
    return message


def _head(words: str) -> str:
    """As it may stand in the head. Python's mail would decode what looks encoded, with any line end in it."""
    return one_line(words).replace("=?", "= ?")


def _name(words: str) -> str:
    """As much of a name as fits on one line: Python's mail loses the quotes of one that goes on in the next, and what
    looks like an address in it would be one.
    """
    name = _head(words)
    return name[: max(64 - name.count('"') - name.count("\\"), 1)]


def _add_calendar(message: EmailMessage, entry: bytes, method: str) -> None:
    """As an alternative, which mail programs put into the calendar; and as a file, for all others."""
    params = {"method": method, "charset": "utf-8"}
    message.add_alternative(entry, maintype="text", subtype="calendar", params=params)
    message.add_attachment(entry, maintype="application", subtype="ics", filename="appointment.ics")


@dataclass(frozen=True)
class Line:
    """A line of a letter: words, and where they lead."""

    words: str
    href: str = ""


def _as_page(subject: str, text: str, *, with_drawing: bool) -> str:
    """The same words as HTML. Not by flask's own rendering, which would ask the database for what pages need."""
    template = current_app.jinja_env.get_template("mail/letter.html")
    return template.render(subject=subject, paragraphs=paragraphs_of(text), with_drawing=with_drawing)


def paragraphs_of(text: str) -> list[list[Line]]:
    """The lines of each, those that are addresses as links."""
    return [_lines(paragraph.splitlines()) for paragraph in text.split("\n\n")]


def _lines(texts: list[str]) -> list[Line]:
    lines: list[Line] = []
    for text in texts:
        if not re.fullmatch(r"https?://\S+", text):
            lines.append(Line(text))
        elif lines and lines[-1].words.endswith(":"):
            lines[-1] = Line(lines[-1].words.removesuffix(":"), text)
        else:
            lines.append(Line(text, text))
    return lines
