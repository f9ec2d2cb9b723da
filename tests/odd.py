"""Somebody who sends every form of the pages they can reach with values no browser would send."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

from tests.visitor import links_of

ODD = (
    "", " ", "\x00", "-1", "0", "1", "9" * 400, "9" * 5000, "1e400", "NaN", "-0", "12.345,67", "٣", "∞", "1:2:3",
    "2026-13-45", "2026-02-30", "0001-01-01", "9999-12-31", "10:00", "25:61", "2026-03-29T01:30", "2026-W48",
    "00010101T0000Z", "99991231T2359Z.ana-moreau", "20260312T1000Z.ana-moreau", "on", "y", "any", "ana-moreau",
    "a@b.co", "é@é.é", "+44 7700 900123", "//[", "[", "%", "=1+1", "<script>", "\r\nX: y", "😀\u202e", "a" * 5000,
    "00000000-0000-0000-0000-000000000000",
)  # fmt: skip
LEAVES = re.compile(r"sign-(in|out)|password|second-factor|recovery|deactivation|role|account")  # ends the visit itself
PAGES, DAYS = 120, re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+|[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{24}")


class _Forms(HTMLParser):
    """Each form that posts: where to, and the fields it has, every option among them."""

    def __init__(self, html, path):
        super().__init__()
        self.found, self._path, self._select = [], path, ""
        self._fields = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "form":
            self._fields = []
            if a.get("method", "").lower() == "post":
                self.found.append((a.get("action") or self._path, self._fields))
        elif tag == "select":
            self._select = a.get("name", "")
        elif tag == "option" and self._fields is not None:
            self._fields.append((self._select, a.get("value") or ""))
        elif tag in {"input", "textarea", "button"} and a.get("name") and self._fields is not None:
            self._fields.append((a["name"], a.get("value") or ""))

    def handle_endtag(self, tag):
        if tag == "form":
            self._fields = None


class OddVisitor:
    """`chance` decides all, so that a seed tells the whole story. `broken` holds what was answered with an error."""

    def __init__(self, visitor, chance):
        self.visitor, self.chance = visitor, chance
        self.seen, self.forms, self.broken, self.sent = set(), {}, [], 0

    def walk(self, *starts):
        """Follow links from page to page, one page of each kind, and note the forms."""
        waiting = list(starts)
        while waiting and len(self.seen) < PAGES:
            path = waiting.pop(0)
            kind = DAYS.sub("#", urlsplit(path).path)
            if not path.startswith("/") or kind in self.seen or LEAVES.search(path):
                continue
            self.seen.add(kind)
            page = self._look(self.visitor.get(path), path)
            if "html" in page.content_type:
                waiting += [href for href, _words in links_of(page.text)]

    def send(self, times):
        """Send one of the forms after the other, a few of its fields odd, missing or of another form."""
        for _n in range(times):
            action, fields = self.forms[self.chance.choice(sorted(self.forms))]
            path = action if self.chance.random() < 0.9 else f"{action.partition('?')[0]}?at={self._odd()}"
            page = self.visitor._request("POST", path, data=self._mixed(fields), follow=False)
            self._look(page, action)
            self.sent += 1

    def _mixed(self, fields):
        sent = {}
        for name, value in fields:
            draw = self.chance.random()
            if name == "csrf_token":
                sent[name] = value
            elif draw > 0.08 and not (name in sent and draw < 0.5):
                sent[name] = self._odd() if draw < 0.22 or (not value and draw < 0.5) else value
        return sent

    def _odd(self):
        return self.chance.choice(ODD)

    def _look(self, page, path):
        if page.status_code >= 500:
            self.broken.append((page.request.method, path, page.status_code))
        if page.content_type.startswith("text/html"):
            for action, fields in _Forms(page.text, path).found:
                if not LEAVES.search(action):
                    self.forms[DAYS.sub("#", urlsplit(action).path)] = (action, fields)
        return page
