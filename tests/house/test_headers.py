"""What goes with every answer, whatever it is: headers, cookies, and nothing for hosts that are not ours."""

import re

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

import config
from clinic import create_app
from clinic.core.access import public
from clinic.core.db import db
from tests.conftest import KEYS
from tests.visitor import Visitor

STRICT = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Browser(Visitor):
    """At an address of its own, and telling where it comes from, as browsers do."""

    def __init__(self, app, base_url):
        super().__init__(app)
        self.base_url = base_url

    def _request(self, method, path, follow=True, **more):
        headers = {"Referer": f"{self.base_url}/somewhere", **more.pop("headers", {})}
        return super()._request(method, path, follow, base_url=self.base_url, headers=headers, buffered=True, **more)


@pytest.fixture(params=["http://127.0.0.1:8000", "https://clinic.test"])
def address(request):
    return request.param


@pytest.fixture
def browser(app, cast, address, tmp_path):
    """A stranger at the same clinic, reached over http or https."""
    url = app.extensions["clinic.settings"].database_url
    environ = {"INSTANCE": str(tmp_path), "DATABASE_URL": url, "CLINIC_KEYS": KEYS, "PUBLIC_URL": address}
    served = create_app(config.load(environ))
    yield Browser(served, address)
    with served.app_context():
        db.engine.dispose()


def answers(browser):
    """One answer of each kind that people and machines get."""
    app = browser.client.application
    yield 200, browser.get("/")
    yield 303, browser._request("GET", "/today", follow=False)
    yield 403, browser.post("/work/1/completion", follow=False)
    yield 404, browser.get("/nowhere")
    yield 405, browser._request("POST", "/healthz", headers={"X-CSRFToken": browser.token()})
    yield 409, browser.post("/appointments", treatment="massage")
    yield 413, browser._request("POST", "/sign-in", data={"email": "x" * 300_000})
    for _ in range(10):
        browser.get("/sign-in")
        browser.post("/sign-in", email="eve@clinic.test", password="a guess of mine")
    yield 429, browser.post("/sign-in", email="eve@clinic.test", password="a guess of mine")
    yield 200, browser.get("/static/css/clinic.css")
    yield 404, browser.get("/static/css/nothing.css")
    yield 400, browser._request("GET", "/", headers={"Host": "elsewhere.example"})
    app.view_functions["front.home"] = broken_view
    yield 500, browser.get("/")


@public
def broken_view():
    raise RuntimeError("on purpose")


def test_every_answer_has_every_header_once(browser, address):
    for status, answer in answers(browser):
        assert answer.status_code == status
        assert all(answer.headers.getlist(name) == [value] for name, value in STRICT.items()), status
        assert len(answer.headers.getlist("Permissions-Policy")) == 1
        (policy,) = answer.headers.getlist("Content-Security-Policy")
        assert policy.startswith("default-src 'none';")
        assert {"form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"} <= set(policy.split("; "))
        assert not re.search(r"unsafe|http|data:|\*", policy)
        lasting = [
            int(re.match(r"max-age=(\d+)", line)[1]) for line in answer.headers.getlist("Strict-Transport-Security")
        ]
        assert [seconds >= 31536000 for seconds in lasting] == ([True] if address.startswith("https") else [])


def test_pages_are_kept_nowhere_and_files_for_ever(browser):
    kept = {answer.headers["Cache-Control"] for _, answer in answers(browser) if "css" not in answer.content_type}
    assert kept == {"no-store"}
    (href,) = re.findall(r"/static/css/clinic\.css\?v=\w+", browser.get("/sign-in").text)
    assert "max-age=31536000" in browser.get(href).headers["Cache-Control"]


def test_no_answer_tells_what_the_clinic_runs_on(browser):
    for _, answer in answers(browser):
        assert "Server" not in answer.headers
        assert not re.search(r"werkzeug|flask|sqlalchemy|traceback|\.py\b", answer.text, re.IGNORECASE)


@pytest.mark.parametrize(("page", "kind"), [("/sign-in", "session"), ("/", "visit")])
def test_a_cookie_is_for_this_host_alone_and_for_no_script(browser, address, page, kind):
    (cookie,) = browser.get(page).headers.getlist("Set-Cookie")
    name, *attributes = re.split("; |=", cookie)
    secure = address.startswith("https")
    assert name == (f"__Host-{kind}" if secure else kind)
    assert {"HttpOnly", "Path", "SameSite", "Lax"} <= set(attributes)
    assert ("Secure" in attributes) == secure
    assert "Domain" not in attributes


def test_the_staff_signs_in_over_http_and_over_https(browser):
    assert browser.sign_in("olu").request.path == "/today"
    assert "Olu" in browser.text


def test_a_post_from_another_site_is_refused_over_https(browser, address):
    token = browser.token()
    form = {"csrf_token": token, "email": "olu@clinic.test", "password": "x"}
    for stranger in ("https://elsewhere.example/", "https://clinic.test.elsewhere.example/", ""):
        answer = browser._request("POST", "/sign-in", data=form, headers={"Referer": stranger})
        assert answer.status_code == (400 if address.startswith("https") else 422)


@pytest.mark.parametrize("host", ["elsewhere.example", "clinic.test.elsewhere.example", "127.0.0.1.elsewhere.example"])
def test_a_host_that_is_not_ours_is_answered_with_nothing_of_the_clinic(browser, host):
    answer = browser._request("GET", "/", headers={"Host": host})
    assert answer.status_code == 400
    assert host not in answer.text
    assert "Treatments and next times" not in answer.text


def test_the_page_for_a_breakdown_needs_neither_database_nor_account(visitor, app):
    visitor.sign_in("olu")
    asked = []

    def refuse(connection, cursor, statement, *_):
        asked.append(statement)
        raise OperationalError(statement, {}, ConnectionError("Clara's database is away"))

    event.listen(db.engine, "before_cursor_execute", refuse)
    try:
        page = visitor.get("/")
    finally:
        event.remove(db.engine, "before_cursor_execute", refuse)
    assert page.status_code == 503
    assert "Something went wrong on our side" in visitor.text
    assert "Clara" not in page.text
    assert len(asked) == 1, "the page of times asked, and the error page did not"
    assert visitor.get("/today").status_code == 200  # and all is well again when the database is
