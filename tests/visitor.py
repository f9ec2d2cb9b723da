"""A person at a browser without JavaScript: follows links, fills in forms, keeps cookies."""

from contextvars import Context
from html.parser import HTMLParser

import sqlalchemy as sa
from flask.testing import FlaskClient

from clinic.core import clock
from clinic.core.db import db, writing
from clinic.people.models import Account
from tests.cast import PASSWORD, PHONE


class Browser(FlaskClient):
    """What is sent on to another address (307) takes along what was typed, as browsers have it."""

    def resolve_redirect(self, response, buffered=False):
        response.request.environ["wsgi.input"].seek(0)
        return super().resolve_redirect(response, buffered)


class Visitor:
    def __init__(self, app, cookies=True):
        self.client = Browser(app, app.response_class, use_cookies=cookies)
        self.page = None

    def get(self, path):
        """Open a page, following redirects as a browser does."""
        return self._request("GET", path)

    def post(self, path, follow=True, **fields):
        """Send a form with its token. Lists are sent as several values."""
        fields.setdefault("csrf_token", self.token())
        return self._request("POST", path, data=fields, follow=follow)

    def _request(self, method, path, follow=True, **more):
        # In a context of its own, as a request arrives at a server; then the test's session looks afresh.
        more = {"method": method, "follow_redirects": follow, "buffered": True, **more}
        self.page = Context().run(self.client.open, path, **more)
        db.session.rollback()
        return self.page

    def token(self):
        """The hidden token of the page at hand; of the sign-in page where that has none."""
        found = self.page and fields_of(self.page.text).get("csrf_token")
        return found or fields_of(self._request("GET", "/sign-in").text).get("csrf_token", "")

    def send(self, path, follow=True, **changed):
        """Send the form of the page at hand as it stands, with some fields changed."""
        fields = {**fields_of(self.page.text), **changed}
        return self.post(path, follow=follow, **fields)

    def lose_session(self):
        """Its cookies go; the page stays open."""
        self.client._cookies.clear()

    def sign_in(self, name):
        self.get("/sign-in")
        self.post("/sign-in", email=f"{name}@clinic.test", password=PASSWORD)
        return self.enter_code() if self.page.request.path == "/sign-in/code" else self.page

    def enter_code(self):
        """What their phone shows. A code is good once and the clock of the tests stands still: as if it were the next."""
        with writing():
            db.session.execute(sa.update(Account).values(totp_step=None))
            db.session.commit()
        return self.send(self.page.request.full_path, code=PHONE.at(clock.now()))

    @property
    def text(self):
        return " ".join(words_of(self.page.text))

    @property
    def times(self):
        """What each time on the page sends when it is tapped, treatment, minutes, slot; and where to."""
        return _Reader(self.page.text).times

    @property
    def slots(self):
        return [time["slot"] for time in self.times]

    def tap(self, slot=None, label=None, **chosen):
        """Tap the time with this slot or label, of this treatment where the page shows several."""
        wanted = {name: value for name, value in {"slot": slot, "label": label, **chosen}.items() if value}
        time = next(one for one in self.times if one.items() >= wanted.items())
        return self._request("POST", time.pop("action"), data=time)

    def link(self, words):
        """The address of the first link whose words or label contain these."""
        for href, text in links_of(self.page.text):
            if words in text:
                return href
        raise AssertionError(f"no link {words!r} on the page: {self.text[:300]}")


class _Reader(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.fields, self.links, self.words, self._open, self._form, self._select = {}, [], [], None, None, None
        self.times, self._hidden = [], {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "form":
            self._form, self._hidden = a.get("action"), {}
        sent = tag == "input" and (a.get("type") not in {"checkbox", "radio"} or "checked" in a)
        if sent and a.get("name"):
            self.fields.setdefault(a["name"], a.get("value", ""))
            self._hidden[a["name"]] = a.get("value", "")
        if tag == "select":
            self._select = a.get("name")
        if tag == "option" and self._select and ("selected" in a or self._select not in self.fields):
            self.fields[self._select] = a.get("value", "")
        if tag == "button" and a.get("name") == "slot" and "aria-label" in a:
            self.times.append({**self._hidden, "action": self._form, "slot": a["value"], "label": a["aria-label"]})
        if tag == "a":
            self._open = [a.get("href", ""), a.get("aria-label", "")]

    def handle_endtag(self, tag):
        if tag == "a" and self._open:
            self.links.append(tuple(self._open))
            self._open = None

    def handle_data(self, data):
        if data.strip():
            self.words.append(" ".join(data.split()))
            if self._open:
                self._open[1] += " " + " ".join(data.split())


def fields_of(html):
    return _Reader(html).fields


def links_of(html):
    return _Reader(html).links


def words_of(html):
    return _Reader(html).words
