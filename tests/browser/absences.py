"""Hours, time off and closed days, in every state of their pages."""

from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.steps import signed_in


def hours(person: Person) -> None:
    signed_in(person, "Rosa")
    person.open("/clinic/hours")


def own_hours(person: Person) -> None:
    signed_in(person, "Ana")
    person.tap("link", "My hours")


def week(person: Person) -> None:
    hours(person)
    person.page.get_by_role("link", name="Change the week").first.click()


def week_with_errors(person: Person) -> None:
    week(person)
    monday = person.page.get_by_role("region", name="Monday")
    monday.get_by_label("From").first.fill("23:00")
    person.tap("button", "Save")
    expect(person.page.get_by_role("heading", name="There is a problem")).to_be_visible()


def week_that_does_not_fit(person: Person) -> None:
    week(person)
    for field in person.page.get_by_label("From · ").all():
        field.fill("")
    for field in person.page.get_by_label("Until · ").all():
        field.fill("")
    person.tap("button", "Save")
    expect(person.page.get_by_role("button", name="Save even so")).to_be_visible()


def one_day(person: Person) -> None:
    hours(person)
    person.page.get_by_role("link", name="One day").first.click()


def time_off(person: Person) -> None:
    signed_in(person, "Rosa")
    person.open("/clinic/time-off")


def time_off_new(person: Person) -> None:
    time_off(person)
    person.tap("link", "Enter time off")


def time_off_with_errors(person: Person) -> None:
    time_off_new(person)
    person.page.get_by_label("Last day").fill("2020-01-01")
    person.tap("button", "Save")


def away(person: Person) -> None:
    time_off(person)
    person.page.get_by_role("link", name="Ben Lightfoot").first.click()
    expect(person.page.get_by_role("heading", name="Ben Lightfoot is away")).to_be_visible()


def closed_days(person: Person) -> None:
    signed_in(person, "Rosa")
    person.open("/clinic/closures")


def closed(person: Person) -> None:
    closed_days(person)
    person.page.get_by_role("link", name="Sunday").first.click()


def holidays(person: Person) -> None:
    closed_days(person)
    person.tap("link", "Public holidays")
    person.page.get_by_label("Part of the country").select_option("ENG")
    person.tap("button", "Show")


STATES = {
    "working hours": hours,
    "a therapist's own hours": own_hours,
    "a week of hours": week,
    "a week of hours with errors": week_with_errors,
    "a week that does not fit what is booked": week_that_does_not_fit,
    "a day with other hours": one_day,
    "who is away": time_off,
    "enter time off": time_off_new,
    "enter time off with errors": time_off_with_errors,
    "time off with appointments in the way": away,
    "closed days": closed_days,
    "a closed day": closed,
    "public holidays": holidays,
}
