"""A therapist's own page: what can be booked, and what was checked, how, when and by whom. Nothing else."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from clinic.core.db import db, writing
from clinic.people.models import Portrait
from clinic.qualifications.models import Credential, OutsideChecker, Verification
from tests.conftest import NOW
from tests.house.test_statements import make_busy, statements
from tests.house.test_weight import FILE, KB, size

PAGE = "/therapists/ana-moreau"


def change(row, **values):
    with writing():
        db.session.execute(sa.update(type(row)).where(type(row).id == row.id).values(**values))
        db.session.commit()


def add(*rows):
    with writing():
        db.session.add_all(rows)
        db.session.commit()


def paper(cast, kind="qualification"):
    anas = sa.select(Credential).where(Credential.therapist_id == cast.ana.id, Credential.kind == kind)
    return db.session.scalars(anas).one()


def test_a_page_says_who_somebody_is_and_what_they_can_be_booked_for(visitor, cast):
    words = {"about": "Slow hands.", "profile_words": "I ran.\n\nI rub <b>backs</b>.", "languages": ["en", "pl"]}
    change(cast.ana, gender="woman", **words)
    page = visitor.get(PAGE)
    assert "Ana Moreau Slow hands. Speaks English, Polish A woman Test Clinic" in visitor.text
    assert "<p>I rub &lt;b&gt;backs&lt;/b&gt;.</p>" in page.text
    for name in ("Psoas release", "Hips without tummy work", "Massage"):
        assert visitor.link(f"Book {name}").endswith("/times?therapist=ana-moreau")
    visitor.get("/therapists/ben-okafor")
    assert "Book Massage" in visitor.text
    assert "Psoas release" not in visitor.text


def test_the_next_three_times_are_theirs_and_one_tap_keeps_one(visitor, cast):
    for who in ("ana-moreau", "ben-okafor"):
        visitor.get(f"/therapists/{who}")
        assert visitor.slots == [f"20260311T{at}Z.{who}" for at in ("1100", "1115", "1130")]
    visitor.tap(visitor.slots[0])
    assert visitor.page.request.path.endswith("/details")


def test_what_was_checked_stands_there_with_how_when_and_by_whom(visitor, cast):
    change(paper(cast), body="Jing", register_url="https://register.test/ana", number="C-77")
    visitor.get(PAGE)
    assert (
        "Diploma Qualification RQF level 5 · Jing Checked by the clinic on 11 March 2026: original seen."
        in visitor.text
    )
    assert "covers massage, deep tummy work Good until 31 December 2027" in visitor.text
    assert 'href="https://register.test/ana" rel="noopener noreferrer"' in visitor.page.text
    assert "C-77" not in visitor.page.text
    assert "Olu" not in visitor.text


def test_a_register_that_is_not_reached_safely_is_not_linked(visitor, cast):
    for address in ("http://register.test/ana", "javascript:alert(1)", "data:text/html,x"):
        change(paper(cast), register_url=address)
        assert address not in visitor.get(PAGE).text


def test_whoever_checked_from_outside_is_named_with_what_they_are(visitor, cast):
    tutor = OutsideChecker(
        id=uuid4(),
        therapist_id=cast.ana.id,
        name="Ida Saucer",
        email="ida@school.test",
        relation="tutor",
        invited_by_id=cast.olu.id,
        invited_at=NOW,
    )
    add(tutor)
    of = {"credential_id": paper(cast).id, "outcome": "verified", "method": "body", "at": NOW}
    add(Verification(**of, checker_id=tutor.id, meets_level=4))
    visitor.get(PAGE)
    said = "Checked from outside the clinic by Ida Saucer, tutor, on 11 March 2026: body confirmed it."
    assert said in visitor.text
    assert "RQF level 5 · counts as level 4" in visitor.text
    assert "ida@school.test" not in visitor.page.text


@pytest.mark.parametrize(
    "hidden",
    [
        {"shown": False},
        {"revision": 2},
        {"expires_on": NOW.date() - timedelta(days=1)},
        {"starts_on": date(2027, 1, 1)},
        {"put_away_at": NOW},
    ],
)
def test_nothing_stands_there_that_is_hidden_changed_lapsed_early_or_put_away(visitor, cast, hidden):
    visitor.get(PAGE)
    assert "Diploma" in visitor.text
    change(paper(cast), **hidden)
    visitor.get(PAGE)
    assert "Diploma" not in visitor.text


@pytest.mark.parametrize("outcome", ["rejected", "revoked"])
def test_what_is_no_longer_accepted_is_gone_at_once_and_with_it_what_needed_it(visitor, cast, outcome):
    of = {"credential_id": paper(cast).id, "outcome": outcome, "method": "body", "note": "It was somebody else's."}
    add(Verification(**of, by_id=cast.olu.id, at=NOW))
    visitor.get(PAGE)
    assert "Diploma" not in visitor.text
    assert "somebody else" not in visitor.page.text
    assert "Ana cannot be booked online just now." in visitor.text
    assert visitor.slots == []


def test_a_check_somebody_made_of_themself_is_none(visitor, cast):
    of = {"credential_id": paper(cast).id, "outcome": "verified", "method": "original"}
    add(Verification(**of, by_id=cast.ana.account_id, at=NOW))
    visitor.get(PAGE)
    assert "Diploma" not in visitor.text


def test_whoever_is_not_listed_looks_like_nobody(visitor, cast):
    add(Portrait(therapist_id=cast.ana.id, jpeg=b"hers", digest="d1"))
    nobody = visitor.get("/therapists/nobody-at-all")
    change(cast.ana, listed=False)
    for path in (PAGE, f"{PAGE}/photo"):
        page = visitor.get(path)
        assert (page.status_code, page.data) == (404, nobody.data)


def test_a_machine_can_read_who_it_is_and_what_they_hold(visitor, cast):
    page = visitor.get(PAGE).text
    kinds = re.findall(r'itemtype="https://schema.org/(\w+)"', page)
    assert kinds == ["Person", "HealthAndBeautyBusiness", *["EducationalOccupationalCredential"] * 3]
    assert page.count('itemprop="hasCredential"') == 3
    assert '<time itemprop="expires" datetime="2027-12-31">31 December 2027</time>' in page


def test_the_home_page_and_a_page_of_their_times_lead_there(visitor):
    for page in ("/", "/treatments/massage/times?therapist=ana-moreau"):
        visitor.get(page)
        assert visitor.link("Ana Moreau") == PAGE


def test_a_photo_is_kept_for_as_long_as_its_address_is_the_same(visitor, cast):
    assert visitor.get(f"{PAGE}/photo").status_code == 404
    add(Portrait(therapist_id=cast.ana.id, jpeg=b"first", digest="d1"))
    shown = re.search(r'<img itemprop="image" src="([^"]+)" width="480" height="480"', visitor.get(PAGE).text)[1]
    assert shown == f"{PAGE}/photo?v=d1"
    got = visitor.get(shown)
    assert (got.data, got.mimetype, got.headers["ETag"]) == (b"first", "image/jpeg", '"d1"')
    assert got.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in got.headers
    assert visitor.get(f"{PAGE}/photo?v=d0").headers["Cache-Control"] == "private, no-cache"
    again = visitor._request("GET", shown, headers={"If-None-Match": '"d1"'})
    assert (again.status_code, again.data) == (304, b"")


def test_a_page_is_light(visitor, cast):
    change(cast.ana, about="a" * 400, profile_words="word " * 400)
    page = visitor.get(PAGE)
    files = [visitor.client.get(href, buffered=True) for href in sorted(set(FILE.findall(page.text)))]
    assert sum(map(size, [page, *files])) <= 60 * KB


def test_a_page_asks_as_much_at_a_busy_clinic_as_at_an_empty_one(visitor, cast):
    visitor.sign_in("rosa")  # nothing is kept for her
    before = statements(visitor, PAGE)
    make_busy(cast)
    papers = [
        Credential(therapist_id=cast.ana.id, kind="first_aid", title=f"First aid {n}", starts_on=NOW.date())
        for n in range(9)
    ]
    add(*papers)
    assert statements(visitor, PAGE) == before <= 9


def test_whoever_asks_again_is_shown_the_page_that_was_made_before(visitor, cast):
    visitor.get("/")
    assert statements(visitor, PAGE) <= 1
    change(cast.ana, about="New words.")
    visitor.get(PAGE)
    assert "New words." in visitor.text
