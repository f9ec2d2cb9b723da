"""Who treats here, as clients see them and as they write of themselves; and whom we would recommend."""

from io import BytesIO

from PIL import Image
from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.steps import signed_in

LONG_WORD = "Wohlfühlmassagetherapeutinnenausbildungszeugnis"


def at(path: str):
    return lambda person: person.open(path)


def photo() -> bytes:
    drawn = BytesIO()
    Image.effect_noise((900, 600), 60).convert("RGB").save(drawn, "JPEG")
    return drawn.getvalue()


def own_page(person: Person) -> None:
    signed_in(person, "Lena")
    person.open("/profile")


def own_page_that_promises(person: Person) -> None:
    """With a photo, history and long words."""
    own_page(person)
    person.page.get_by_label("In a line or two").fill(f"I heal backs, pain free for good. {LONG_WORD}")
    person.tap("button", "Save")
    person.page.locator("#photo").set_input_files({"name": "me.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    person.send("Send it")
    expect(person.page.get_by_role("button", name="Take this photo away")).to_be_visible()


def seen_as_clients_do(person: Person) -> None:
    own_page_that_promises(person)
    person.tap("link", "See it as clients do")


def own_page_with_errors(person: Person) -> None:
    own_page(person)
    person.page.get_by_label("Languages you treat in").fill("Dothraki")
    person.tap("button", "Save")


def everybodys_pages(person: Person) -> None:
    signed_in(person, "Olu")
    person.open("/profile")


def asked(*ticks: str, **ticked: str):
    """These lines, and nothing that is serious but what is `ticked` by group."""

    def arrive(person: Person) -> None:
        person.open("/recommendation")
        for group in ("now", "tummy", "who"):
            person.page.locator(f"[name={group}][value={ticked.get(group, 'none')}]").check()
        for line in ticks:
            person.page.get_by_label(line).check()
        person.tap("button", "Show whom you recommend")

    return arrive


def asked_with_errors(person: Person) -> None:
    person.open("/recommendation")
    person.tap("button", "Show whom you recommend")


TITLES = {
    "my page that promises something": "Your page",
    "my page with errors": "Error: Your page",
    "my page as clients see it": "Lena Seabright",
    "whom do you recommend, with errors": "Error: Whom do you recommend",
    "recommended": "Whom we recommend",
    "recommended to see a doctor": "Whom we recommend",
    "recommended to call": "Whom we recommend",
    "emergency before a recommendation": "Get help now",
}
STATES = {
    "a therapist": at("/therapists/ana-driftwood"),
    "times of a therapist": at("/treatments/sports-massage/times?therapist=ana-driftwood"),
    "my page": own_page,
    "my page that promises something": own_page_that_promises,
    "my page with errors": own_page_with_errors,
    "my page as clients see it": seen_as_clients_do,
    "everybody's pages": everybodys_pages,
    "whom do you recommend": at("/recommendation"),
    "whom do you recommend, with errors": asked_with_errors,
    "recommended": asked("Front of the hip", "When I walk", "A year or more"),
    "recommended to see a doctor": asked("Thigh", "Numb, tingling"),
    "recommended to call": asked("Low back", tummy="tummy_unexplained"),
    "emergency before a recommendation": asked("Low back", now="chest_or_sudden"),
}
