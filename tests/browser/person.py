"""Somebody at a browser. Screens, taps and typed fields are counted, and what the browser complains of is kept."""

from playwright.sync_api import Browser, Locator, Page

from tests.browser.served import Clinic


class Person:
    def __init__(self, chrome: Browser, clinic: Clinic, **kind) -> None:
        self.url, self.database = clinic.url, clinic.database
        self.context = chrome.new_context(base_url=self.url, reduced_motion="reduce", **kind)
        self.context.set_default_timeout(15_000)
        self.screens = self.taps = self.typed = 0
        self.complaints: list[str] = []
        self.page = self.new_page()

    def new_page(self) -> Page:
        """Another tab."""
        page = self.context.new_page()
        page.on("domcontentloaded", self._seen)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._asked)
        page.on("response", self._answered)
        return page

    def _seen(self, _page: Page) -> None:
        self.screens += 1

    def _said(self, message) -> None:
        # Pages that refuse something are told of here as well, and are meant: 404, 409, 422.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.complaints.append(message.text)

    def _asked(self, request) -> None:
        if not request.url.startswith(self.url):
            self.complaints.append(f"asked a third party: {request.url}")

    def _answered(self, response) -> None:
        if response.status >= 500 or (response.status >= 400 and not response.request.is_navigation_request()):
            self.complaints.append(f"{response.status} for {response.url}")

    def open(self, path: str = "/") -> None:
        self.page.goto(path)

    def tap(self, role: str, name: str, *, within: Locator | None = None) -> None:
        """Tap the one that is called so."""
        self.tap_on((within or self.page).get_by_role(role, name=name, exact=True))

    def send(self, name: str, *, within: Locator | None = None) -> None:
        """Tap the button of a form, and go on once the page that answers is there. Where it stays away for a while, because
        a file is read first or the clinic is busy, what was tapped next would be on the page before.
        """
        with self.page.expect_navigation():
            self.tap("button", name, within=within)

    def tap_on(self, place: Locator) -> None:
        self.taps += 1
        place.click()
        self.page.wait_for_load_state("domcontentloaded")  # where it led to a page, all of that is there to be read

    def type(self, label: str, text: str) -> None:
        """A tap into the field, and the text."""
        self.type_into(self.page.get_by_label(label), text)

    def type_into(self, field: Locator, text: str) -> None:
        self.typed += 1
        self.tap_on(field)
        field.fill(text)
