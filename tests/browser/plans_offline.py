"""A plan on its client's own phone: kept, opened without a network, told of, forgotten."""

from playwright.sync_api import expect

from tests.browser.afterwards import plan
from tests.browser.person import Person

HERE = "#on-this-device"
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname);
  return found;
}"""


def until_kept(person: Person) -> None:
    """Everything is there: the page says so then."""
    expect(person.page.locator(HERE)).to_contain_text("is kept on this device")


def kept(person: Person) -> list[str]:
    """The addresses that this browser keeps for itself, whatever they belong to."""
    return sorted(person.page.evaluate(KEPT))


def on_their_phone(person: Person) -> None:
    """Whoever may have sent it there is signed out: a screen of the clinic's keeps nothing."""
    plan(person)
    person.context.clear_cookies()
    person.page.reload()
    until_kept(person)


def without_network(person: Person) -> None:
    on_their_phone(person)
    person.context.set_offline(True)
    person.page.reload()
    expect(person.page.get_by_text("No network just now.")).to_be_visible()


def tell_pain(person: Person) -> None:
    """On the plan or after a session, whether today was told of before or not."""
    person.page.locator("#practice details:not([open]) summary").evaluate_all(
        "found => found.forEach((one) => one.click())"
    )
    person.page.locator("#practice [name=pain][value='2']").check()
    person.page.locator("#practice [name=told][value=told], #practice details [value=done]").click()


def told_without_network(person: Person) -> None:
    without_network(person)
    tell_pain(person)
    expect(person.page.get_by_text("Kept. We send it when you are back online.")).to_be_visible()


def forgotten(person: Person) -> None:
    on_their_phone(person)
    person.tap("button", "Forget it on this device")
    expect(person.page.locator(HERE)).to_contain_text("not kept")


TITLES: dict[str, str] = {}
STATES = {
    "a plan without a network": without_network,
    "told without a network": told_without_network,
    "a plan that is forgotten on the device": forgotten,
}
