"""A phone with an authenticator app, for tests that set up a second factor."""

import re

from pyotp import TOTP

from clinic.core import clock


def scan(visitor):
    """The app, with the key that the page shows."""
    return TOTP(re.search(r'class="secret">([A-Z2-7 ]+)<', visitor.page.text)[1].replace(" ", ""))


def set_up(visitor):
    """Confirm the key of the page at hand; the phone, and the recovery codes."""
    phone = scan(visitor)
    visitor.send(visitor.page.request.full_path, new=phone.at(clock.now()))
    return phone, codes_on(visitor.page.text)


def codes_on(html):
    return re.findall(r"<code>([a-z0-9-]+)</code>", html)
