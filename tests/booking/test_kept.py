"""A page of times that was kept never shows what has been taken since, whatever path took it."""

import pytest
from sqlalchemy import delete, select, text, update

from clinic.booking.models import Claim
from clinic.booking.programme import programme
from clinic.core.db import db, writing
from clinic.qualifications.models import Verification
from clinic.treatments.models import Treatment
from tests.booking.test_book import book

TIMES = "/treatments/massage/times?therapist=ana-moreau"
TEN = "10am on Thursday 12 March with Ana"


def test_a_booked_time_is_gone_from_the_page_and_back_once_cancelled(visitor, new_visitor):
    other = new_visitor()
    assert TEN in other.get(TIMES).text
    book(visitor)
    assert TEN not in other.get(TIMES).text
    visitor.get(visitor.link("Cancel it"))
    visitor.send(visitor.page.request.path)
    assert TEN in other.get(TIMES).text


def test_it_is_gone_from_pages_that_nobody_asked_for_before_and_back_on_them(visitor, new_visitor):
    other = new_visitor()
    assert TEN in other.get(f"{TIMES}&asked=1").text
    book(visitor)
    assert TEN not in other.get(f"{TIMES}&asked=2").text
    visitor.get(visitor.link("Cancel it"))
    visitor.send(visitor.page.request.path)
    assert TEN in other.get(f"{TIMES}&asked=3").text


@pytest.mark.parametrize(
    "statement", [delete(Claim), update(Claim).values(ends_at=Claim.ends_at)], ids=["gone", "kept"]
)
def test_claims_changed_by_hand_show_at_once(visitor, new_visitor, statement):
    book(visitor)
    other = new_visitor()
    assert TEN not in other.get(TIMES).text
    with writing():
        db.session.execute(statement)
        left = db.session.scalars(select(Claim.id)).all()
        db.session.commit()
    assert (TEN in other.get(TIMES).text) == (not left)


@pytest.mark.parametrize("page", [TIMES, "/"])
def test_a_changed_name_and_a_revoked_check_show_at_once(visitor, cast, page):
    assert "Massage" in visitor.get(page).text
    with writing():
        db.session.execute(update(Treatment).where(Treatment.slug == "massage").values(name="Long quiet massage"))
        db.session.execute(update(Verification).values(outcome="revoked"))
        db.session.commit()
    assert "Long quiet massage" in visitor.get(page).text
    assert "with Ana" not in visitor.page.text


def test_what_is_kept_for_strangers_is_not_shown_to_the_staff(visitor, new_visitor):
    new_visitor().get("/")
    visitor.sign_in("rosa")
    assert 'href="/today"' in visitor.get("/").text
    assert 'href="/today"' not in new_visitor().get("/").text


def test_what_was_rolled_back_is_never_served(visitor, cast):
    for name in ("Never happened", "Happened"):
        with writing():
            db.session.execute(update(Treatment).where(Treatment.slug == "massage").values(name=name))
            programme(db.session)
            db.session.rollback() if name == "Never happened" else db.session.commit()
    assert "Happened" in visitor.get(TIMES).text
    assert "Never happened" not in visitor.text


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_where_the_database_cannot_be_asked_it_says_so_like_every_page(app, visitor):
    away = "ALTER TABLE versions RENAME TO versions_away"
    with db.engine.begin() as connection:
        connection.execute(text(away))
    try:
        page = visitor.get(TIMES)
    finally:
        with db.engine.begin() as connection:
            connection.execute(text("ALTER TABLE versions_away RENAME TO versions"))
    assert page.status_code == 503
    assert "Something went wrong" in page.text
