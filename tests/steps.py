"""What clients do, step by step, for tests that begin where they end."""

from clinic.intake.rules import PAGE
from clinic.intake.safety_lists import shipped

WHO = {"name": "Clara Teacup", "email": "clara@client.test"}
TEN = "20260312T1000Z"  # Thursday, 10am in Bristol


def details(visitor, slug="massage", therapist="ana-moreau", at=TEN, minutes=60, **typed):
    """Up to the check page, where everything stands that is going to be sent."""
    address = f"/treatments/{slug}/details?minutes={minutes}&slot={at}.{therapist}"
    visitor.get(address)
    return visitor.post(address, **{**WHO, **typed})


def book(visitor, slug="massage", **choice_and_typed):
    """Details, check, booked; the page that came last."""
    page = details(visitor, slug, **choice_and_typed)
    return visitor.send("/appointments") if page.status_code == 200 else page


def screen(visitor, *ticks, slug="psoas-release", query="", **groups):
    """Answer the safety page: the groups of the ticks, and "None of these" in the others unless told what."""
    return visitor.post(f"/treatments/{slug}/safety{query}", **{**safety_page(*ticks), **groups})


def safety_page(*ticks):
    """The safety page as it is sent: what is ticked in each group, or "None of these"."""
    of_group = {group: {rule.id for rule in shipped() if rule.group == group} for group in PAGE}
    return {group: [t for t in ticks if t in of_group[group]] or ["none"] for group in PAGE}
