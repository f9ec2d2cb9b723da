"""A mail server that keeps what it is given, or is out of order."""

from clinic.core.db import db
from clinic.core.mail import Sender
from clinic.messages.operations import Postbox, send_due


class Letterbox:
    def __init__(self):
        self.mails, self.trouble = [], None

    def send(self, message):
        if self.trouble:
            raise self.trouble
        self.mails.append(message)

    def round(self, app, now):
        """One round of the worker at this time; how many it sent."""
        postbox = Postbox(self, Sender("desk@clinic.test", "Test Clinic"))
        with app.test_request_context():
            return send_due(db.session, app.extensions["clinic.composers"], postbox, now=now)


def text_of(mail):
    return mail.get_body(("plain",)).get_content()


def page_of(mail):
    return mail.get_body(("html",)).get_content()


def calendar_of(mail):
    return next(part for part in mail.walk() if part.get_content_type() == "text/calendar").get_content()
