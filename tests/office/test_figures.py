"""The page of figures and its table: what stands there, for whom, and that the picture, the page and the table agree."""

import csv
import io
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest
import sqlalchemy as sa
import time_machine

from clinic.booking.models import Appointment, Attendance, Cancellation, Closure, WorkingHours
from clinic.core.db import db, writing
from clinic.people.models import Client, Therapist
from clinic.places.models import Location
from clinic.treatments.models import Treatment
from tests.conftest import NOW
from tests.steps import book

SVG = "{http://www.w3.org/2000/svg}"
WEEK = "from=2026-03-02&until=2026-03-08"


@pytest.fixture
def olu(visitor):
    visitor.sign_in("olu")
    return visitor


def a_client(name="Clara Teacup", into=None):
    made = Client(name=name, email=f"{uuid4().hex}@client.test", created_at=NOW, merged_into_id=into)
    db.session.add(made)
    db.session.flush()
    return made.id


def came(cast, client_id, at, **more):
    """Somebody's visit at this time, an hour's massage with Ana unless told otherwise."""
    starts = datetime.fromisoformat(at).replace(tzinfo=UTC)
    told = {"therapist": cast.ana, "treatment": cast.massage, "minutes": 60, "lead": 7, "price": 6000, **more}
    second = {name: told[name] for name in ("second_treatment_id", "second_minutes") if name in told}
    made = Appointment(
        id=uuid4(),
        ref=uuid4().hex[:12],
        client_id=client_id,
        therapist_id=told["therapist"].id,
        treatment_id=told["treatment"].id,
        room_id=cast.rooms[0].id,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=told["minutes"]),
        price_minor=told["price"],
        booked_at=starts - timedelta(days=told["lead"]),
        booked_by="guest",
        **second,
    )
    db.session.add(made)
    db.session.flush()
    return made


def ended(appointment, *, late):
    db.session.add(Cancellation(appointment_id=appointment.id, at=NOW, by="guest", late=late))


def missed(appointment, *, undone=False):
    undone_at = NOW if undone else None
    db.session.add(
        Attendance(appointment_id=appointment.id, state="no_show", at=NOW, by="account:1", undone_at=undone_at)
    )


@pytest.fixture
def week(cast):
    """The week of 2 March: Clara twice, once as somebody who was merged; Dmitri missed; Mona called off late."""
    with writing():
        clara = a_client()
        dmitri, mona = a_client("Dmitri Kettle"), a_client("Mona Spoon")
        came(cast, clara, "2026-03-02T10:00", lead=10)
        came(
            cast,
            a_client("Clara T", into=clara),
            "2026-03-04T10:00",
            lead=1,
            therapist=cast.ben,
            minutes=30,
            price=3500,
        )
        missed(came(cast, dmitri, "2026-03-05T10:00"))
        missed(came(cast, dmitri, "2026-03-06T10:00", lead=3, treatment=cast.release), undone=True)
        ended(came(cast, mona, "2026-03-06T12:00"), late=True)
        ended(came(cast, mona, "2026-03-06T15:00"), late=False)
        came(cast, mona, "2026-03-12T10:00")  # to come
        db.session.commit()


def table(visitor, query):
    """The lines of the table by section and line, each by head."""
    page = visitor.get(f"/clinic/figures.csv?{query}")
    assert page.content_type == "text/csv; charset=utf-8"
    rows = csv.DictReader(io.StringIO(page.data.decode("utf-8-sig"), newline=""))
    return {(row["Section"], row["Line"]): row for row in rows}


def altogether(visitor, query):
    return table(visitor, query)["All together", "All together"]


def test_a_week_as_it_was_worked_out_by_hand(olu, week):
    told = altogether(olu, WEEK)
    del told["Section"], told["Line"]
    assert told == {
        "First day": "2026-03-02",
        "Last day": "2026-03-08",
        "Hours worked": "80.00",  # two therapists, five days, eight hours
        "Hours filled": "2.50",
        "Filled": "3.1",
        "Visits": "3",
        "New clients": "2",
        "Returning": "1",
        "Rebooked": "33.3",
        "Lead time in days": "3.0",
        "Cancelled": "2",
        "Of these late": "1",
        "No-shows": "1",
        "Missed": "25.0",
        "Value": "155.00",
    }


def test_the_page_says_the_same_as_its_table_and_its_picture_in_words(olu, week):
    page = olu.get(f"/clinic/figures?{WEEK}")
    assert "2 to 8 Mar 2026 80 2.5 3% 3 2 1 33% 3 2 1 1 25% £155" in olu.text
    picture = ET.fromstring(page.text[page.text.index("<svg") : page.text.index("</svg>") + 6])
    assert picture.get("role") == "img"
    assert picture.find(f"{SVG}title").text == "Hours: All together"
    assert picture.find(f"{SVG}desc").text == (
        "2.5 hours filled, of 80 worked. The most, 2.5 hours, in 2 to 8 Mar 2026."
    )
    assert picture.get("aria-describedby") == picture.find(f"{SVG}desc").get("id")
    assert [one.tag for one in picture.iter() if "style" in one.attrib] == []
    assert "What these mean" in olu.text


def test_no_client_is_named_anywhere(olu, week):
    for by in ("all", "therapist", "treatment"):
        for address in ("figures", "figures.csv"):
            text = olu.get(f"/clinic/{address}?{WEEK}&by={by}").text
            assert not [name for name in ("Clara", "Dmitri", "Mona", "client.test") if name in text]


def test_each_therapist_beside_the_others(olu, week):
    told = table(olu, f"{WEEK}&by=therapist")
    ana, ben = told["Beside each other", "Ana Moreau"], told["Beside each other", "Ben Okafor"]
    assert [ana[head] for head in ("Hours worked", "Hours filled", "Visits", "New clients")] == [
        "40.00",
        "2.00",
        "2",
        "2",
    ]
    assert [ben[head] for head in ("Hours worked", "Hours filled", "Visits", "New clients")] == [
        "40.00",
        "0.50",
        "1",
        "0",
    ]
    assert told["Ana Moreau", "2 to 8 Mar 2026"]["No-shows"] == "1"


def test_two_treatments_in_one_visit_are_a_line_of_their_own(olu, cast, week):
    with writing():
        both = {"second_treatment_id": cast.alternative.id, "second_minutes": 45}
        came(cast, a_client("Zoe Plate"), "2026-03-03T10:00", minutes=105, **both)
        db.session.commit()
    told = table(olu, f"{WEEK}&by=treatment")
    visits = {line: row["Visits"] for (section, line), row in told.items() if section == "Beside each other"}
    names = "Massage", "Psoas release", "Massage and Hips without tummy work", "All together"
    assert visits == dict(zip(names, ("2", "1", "1", "4"), strict=True))
    assert "Hours worked" not in told["Beside each other", "Massage"]


def test_a_visit_that_was_moved_counts_where_it_was_moved_to(olu, new_visitor):
    clara = new_visitor()
    book(clara, at="20260312T1000Z")
    clara.get(f"{clara.page.request.path}/move?slot=20260317T1000Z.ana-moreau")
    assert clara.send(f"{clara.page.request.path}").status_code == 200
    with time_machine.travel(NOW + timedelta(days=14), tick=False):
        told = table(olu, "from=2026-03-09&until=2026-03-22")
    visits = [told["All together", part]["Visits"] for part in ("9 to 15 Mar 2026", "16 to 22 Mar 2026")]
    assert visits == ["0", "1"]


def test_a_year_with_nobody_says_so_and_leads_on(olu):
    assert "Nothing to count yet" in olu.get("/clinic/figures?weeks=52").text
    assert olu.link("Open the diary") == "/diary"
    assert altogether(olu, WEEK)["Visits"] == "0"


def test_a_visit_just_before_midnight_counts_on_its_own_clock(olu, cast):
    with writing():
        db.session.execute(sa.update(Location).values(zone="Asia/Tokyo"))
        came(cast, a_client(), "2026-03-01T14:30")  # 23:30 on Sunday in Tokyo
        came(cast, a_client(), "2026-03-01T15:30")  # half past midnight on Monday
        db.session.commit()
    told = table(olu, "from=2026-02-23&until=2026-03-08")
    weeks = [told["All together", week]["Visits"] for week in ("23 Feb to 1 Mar 2026", "2 to 8 Mar 2026")]
    assert weeks == ["1", "1"]


@pytest.mark.parametrize(("sunday", "hours"), [("2025-03-30", "4.00"), ("2025-10-26", "6.00")])
def test_the_night_the_clocks_change_is_worked_as_long_as_it_lasted(olu, cast, sunday, hours):
    with writing():
        night = {"starts": time(0), "ends": time(5)}
        alone = {"weekday": 6, "from_on": date.fromisoformat(sunday), "until_on": date.fromisoformat(sunday)}
        db.session.add(WorkingHours(therapist_id=cast.ana.id, location_id=cast.location.id, **night, **alone))
        db.session.commit()
    assert altogether(olu, f"from={sunday}&until={sunday}")["Hours worked"] == hours


def test_a_week_that_is_not_over_is_counted_up_to_now_and_looks_at_what_is_booked(olu, cast):
    with writing():
        clara, dmitri = a_client(), a_client("Dmitri Kettle")
        came(cast, clara, "2026-03-10T10:00")
        came(cast, dmitri, "2026-03-10T12:00")
        came(cast, clara, "2026-03-12T10:00", lead=1)  # tomorrow
        came(cast, clara, "2026-06-12T10:00", lead=90)
        db.session.commit()
    with time_machine.travel(NOW + timedelta(hours=3, minutes=30), tick=False):
        told = altogether(olu, "from=2026-03-09&until=2026-03-15")
    heads = "Hours worked", "Hours filled", "Visits", "New clients", "Rebooked"
    assert [told[head] for head in heads] == ["39.00", "2.00", "2", "2", "50.0"]  # two, for 8 + 8 + 3.5 hours


def test_only_a_visit_that_took_place_makes_somebody_known(olu, cast):
    with writing():
        clara, dmitri, mona = a_client(), a_client("Dmitri Kettle"), a_client("Mona Spoon")
        ended(came(cast, clara, "2026-02-23T10:00"), late=False)
        missed(came(cast, dmitri, "2026-02-23T12:00"))
        came(cast, mona, "2026-02-23T14:00")
        for client, at in ((clara, 10), (dmitri, 12), (mona, 14)):
            came(cast, client, f"2026-03-02T{at}:00")
        db.session.commit()
    told = altogether(olu, WEEK)
    assert (told["Visits"], told["New clients"], told["Returning"]) == ("3", "2", "1")


def test_hours_are_without_closed_days(olu, cast):
    with writing():
        closed = {"first_on": date(2026, 3, 9), "last_on": date(2026, 3, 9)}
        db.session.add(Closure(words="Move", made_at=NOW, made_by="account:1", **closed))
        came(cast, a_client(), "2026-03-10T10:00")
        db.session.commit()
    told = altogether(olu, "from=2026-03-09&until=2026-03-15")
    assert told["Hours worked"] == "16.00"  # Tuesday alone: it is nine on Wednesday


def test_whoever_left_still_has_their_hours_and_visits(olu, cast, week):
    with writing():
        db.session.execute(sa.update(Therapist).values(listed=False))
        db.session.execute(sa.update(Treatment).values(offered=False))
        db.session.commit()
    ana = table(olu, f"{WEEK}&by=therapist")["Beside each other", "Ana Moreau"]
    assert (ana["Visits"], ana["Hours worked"]) == ("2", "40.00")
    assert table(olu, f"{WEEK}&by=treatment")["Beside each other", "Massage"]["Visits"] == "2"


def test_what_cannot_be_read_is_told_where_it_stands_and_kept(olu):
    page = olu.get("/clinic/figures?from=2026-03-09&until=2026-03-02")
    assert page.status_code == 422
    assert "Enter a day that is not before the first." in olu.text
    assert 'value="2026-03-02"' in page.text
    assert olu.get("/clinic/figures?from=soon").status_code == 422
    assert 'value="soon"' in olu.page.text
    assert olu.get("/clinic/figures?from=2000-01-01").status_code == 422
    assert olu.get("/clinic/figures?by=client").status_code == 422
    assert olu.get("/clinic/figures.csv?step=day").status_code == 422


def test_the_usual_weeks_are_whole_and_chosen_by_a_tap(olu, week):
    olu.get("/clinic/figures")
    assert 'value="2025-12-15"' in olu.page.text
    olu.get(olu.link("Last 4 weeks"))
    assert 'value="2026-02-09"' in olu.page.text
    assert 'value="2026-03-08"' in olu.page.text
    assert olu.link("As a table") == "/clinic/figures.csv?from=2026-02-09&until=2026-03-08&step=week&by=all"
    assert table(olu, "weeks=4").keys() == table(olu, "from=2026-02-09&until=2026-03-08").keys()


def test_a_therapists_name_is_no_formula_in_the_table(olu, cast, week):
    with writing():
        db.session.execute(sa.update(Therapist).where(Therapist.id == cast.ana.id).values(name="=1+1"))
        db.session.commit()
    assert ("Beside each other", "'=1+1") in table(olu, f"{WEEK}&by=therapist")
