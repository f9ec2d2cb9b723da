"""A therapist hears in time that a paper ends: by mail on six days, unless another takes over; and who is to look again."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select, update

from clinic.booking.operations import ask_for_renewals
from clinic.core.db import db, writing
from clinic.messages.models import OutgoingMessage
from clinic.people.models import Account
from clinic.qualifications.models import Credential, Verification
from clinic.work.models import WorkItem
from tests.conftest import NOW
from tests.letterbox import Letterbox, text_of

LAST = date(2026, 7, 1)


@pytest.fixture
def insurance(cast):
    """Ben's ends on the first of July."""
    with writing():
        one = select(Credential.id).where(Credential.therapist_id == cast.ben.id, Credential.kind == "insurance")
        ends = update(Credential).where(Credential.id.in_(one)).values(expires_on=LAST, number="SECRET-77")
        db.session.execute(ends)
        db.session.commit()
    return db.session.scalar(one)


def days_before(days, hour=9):
    return datetime.fromisoformat(f"{LAST - timedelta(days=days)}T{hour:02d}:00Z")


def rounds(app, box, *days):
    """The worker's rounds on these days before the last."""
    for day in days:
        with time_machine.travel(days_before(day), tick=False):
            ask_for_renewals(db.session, now=days_before(day))
            box.round(app, days_before(day))


def test_six_mails_each_once_say_what_ends_and_when_and_never_its_number(app, insurance):
    box = Letterbox()
    rounds(app, box, 100, 91)
    assert box.mails == []
    rounds(app, box, 90, 89, 61, 60, 45, 30, 29, 14, 10, 7, 6, 2, 1, 0)
    assert len(box.mails) == 6
    assert {mail["To"] for mail in box.mails} == {"ben@clinic.test"}
    assert {mail["Subject"] for mail in box.mails} == {"Insurance: its last good day is 1 July 2026"}
    told = [text_of(mail) for mail in box.mails]
    for mail, days in zip(told, (90, 60, 30, 14, 7), strict=False):
        assert f"in {days} days" in mail
    assert "in 1 day." in told[-1]
    assert not any("SECRET" in mail or "massage" in mail.lower() for mail in told)
    assert "/qualifications/ben-okafor" in told[0]


def test_one_that_is_checked_late_is_told_of_once_and_not_for_every_day_that_has_passed(app, insurance):
    box = Letterbox()
    rounds(app, box, 10, 9)
    assert len(box.mails) == 1
    assert "in 10 days" in text_of(box.mails[0])


def test_mail_waits_for_the_morning(app, insurance):
    box, midnight = Letterbox(), days_before(90, hour=0)
    with time_machine.travel(midnight, tick=False):
        ask_for_renewals(db.session, now=midnight)
        box.round(app, midnight)
        assert box.mails == []
    with time_machine.travel(midnight + timedelta(hours=8), tick=False):
        box.round(app, midnight + timedelta(hours=8))
    assert len(box.mails) == 1


def follows(cast, outcome="verified"):
    """Ben's next insurance, from the day after."""
    with writing():
        more = {"starts_on": LAST + timedelta(days=1), "expires_on": LAST + timedelta(days=365)}
        next_one = Credential(
            therapist_id=cast.ben.id, kind="insurance", title="Insurance", activities=["massage"], **more
        )
        db.session.add(next_one)
        db.session.flush()
        told = {"outcome": outcome, "method": "original", "by_id": cast.olu.id, "at": NOW}
        db.session.add(Verification(credential_id=next_one.id, **told))
        db.session.commit()


@pytest.mark.parametrize(("outcome", "mails"), [("verified", 0), ("rejected", 1)])
def test_what_another_takes_over_from_needs_no_word(app, cast, insurance, outcome, mails):
    follows(cast, outcome)
    box = Letterbox()
    rounds(app, box, 90)
    assert len(box.mails) == mails


def test_what_was_renewed_or_revoked_between_queueing_and_sending_is_looked_at_once_more(app, cast, insurance):
    box, at = Letterbox(), days_before(90)
    for change in (lambda: follows(cast), lambda: judged(cast, insurance, "revoked"), lambda: leaves(cast)):
        with time_machine.travel(at, tick=False):
            ask_for_renewals(db.session, now=at)
            change()
            box.round(app, at)
        at += timedelta(days=30)
    assert box.mails == []
    assert db.session.scalar(select(func.count()).select_from(OutgoingMessage)) == 1
    assert db.session.scalar(select(OutgoingMessage.dropped))


def judged(cast, credential_id, outcome, **more):
    with writing():
        told = {"outcome": outcome, "method": "original", "by_id": cast.olu.id, "at": NOW, **more}
        db.session.add(Verification(credential_id=credential_id, **told))
        db.session.commit()


def leaves(cast):
    with writing():
        db.session.get(Account, cast.ben.account_id).active = False
        db.session.commit()


def test_a_check_that_is_due_again_becomes_work_once(cast, insurance):
    judged(cast, insurance, "verified", next_check_on=date(2026, 3, 20))
    looks = select(func.count()).where(WorkItem.task == "check_credential")
    ask_for_renewals(db.session, now=NOW)
    assert db.session.scalar(looks) == 0
    for day in (9, 10):
        ask_for_renewals(db.session, now=NOW + timedelta(days=day))
    assert db.session.scalar(looks) == 1
    judged(cast, insurance, "verified", next_check_on=date(2026, 9, 1))
    ask_for_renewals(db.session, now=NOW + timedelta(days=11))
    assert db.session.scalar(looks) == 1
