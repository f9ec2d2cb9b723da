"""Entering a credential and changing it: what is new waits for a check, what is unchanged stays as it was."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from clinic.core.audit import AuditLine
from clinic.core.db import db
from clinic.qualifications.forms import CredentialForm
from clinic.qualifications.models import KINDS, Credential
from clinic.qualifications.presets import shipped
from clinic.qualifications.rules import FIELDS, RQF_OF, is_web_address
from clinic.qualifications.wording import ACTIVITIES, DISCIPLINES, SKILLS
from clinic.work.models import WorkItem
from tests.conftest import NOW
from tests.visitor import fields_of

TODAY = NOW.date()
NEW = "/credentials/new?therapist=ana-moreau"


@pytest.fixture
def ana(visitor):
    visitor.sign_in("ana")
    return visitor


def of_kind(kind):
    return db.session.scalars(sa.select(Credential).where(Credential.kind == kind).order_by(Credential.id)).first()


def latest():
    return db.session.scalars(sa.select(Credential).order_by(Credential.id.desc())).first()


def enter(visitor, chosen, **typed):
    visitor.get(f"{NEW}&{chosen}")
    return visitor.send("/credentials", **{"starts_on": "2024-05-01", **typed})


def waiting():
    return db.session.scalars(sa.select(WorkItem.once).where(WorkItem.done_at.is_(None))).all()


def test_a_preset_fills_in_the_form_and_what_is_entered_waits_for_a_check(ana):
    ana.get("/qualifications")
    ana.get(ana.link("Enter something"))
    ana.get(ana.link("Level 4 certificate in sports massage"))
    assert "It usually meets level 4. Whoever checks it decides." in ana.text
    ana.send("/credentials", starts_on="2024-05-01", qualification_no="601/5566/8", body="VTCT (ITEC)")
    made = latest()
    assert (made.framework, made.level, made.discipline, made.preset) == ("RQF", 4, "sports", "uk-sports-4")
    assert (made.title, made.revision, made.changed_at) == ("Level 4 certificate in sports massage", 1, NOW)
    assert "waits for somebody else to check it" in ana.text
    assert "RQF (England, Wales, Northern Ireland), level 4" in ana.text
    assert waiting() == [f"check/credential:{made.id}/1"]


def test_every_preset_leads_to_a_form_that_can_be_sent_as_it_stands(ana):
    for code, preset in shipped().items():
        page = enter(ana, f"preset={code}", expires_on="2027-04-30")
        assert page.request.path == "/qualifications/ana-moreau"
        assert (latest().title, latest().preset) == (preset.words, code)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_asks_for_its_own_fields_alone(ana, kind):
    ana.get(f"{NEW}&kind={kind}")
    asked = set(fields_of(ana.page.text)) - {"csrf_token", "therapist", "kind", "preset"}
    silent = {"activities", "distance_learning"}  # boxes that are not ticked send nothing
    assert asked == set(FIELDS[kind]) - silent
    assert all(f'name="{name}"' in ana.page.text for name in FIELDS[kind])


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("qualification", {"title": " "}, "This cannot be empty."),
        ("qualification", {"starts_on": ""}, "Enter the day."),
        ("qualification", {"starts_on": "soon"}, "Enter a day, such as 2026-03-12."),
        ("qualification", {"level": "4"}, "Choose the framework too"),
        ("qualification", {"framework": "RQF"}, "Enter the level too"),
        ("qualification", {"framework": "RQF", "level": "9"}, "Its levels are 1 to 8."),
        ("qualification", {"framework": "SCQF", "level": "3"}, "Its levels are 4 to 12."),
        ("qualification", {"framework": "Guild"}, "Choose one of these."),
        ("qualification", {"level": "four"}, "Enter a whole number."),
        ("qualification", {"framework": "RQF", "level": "4", "qualification_no": "601-5566-8"}, "601/5566/8."),
        ("qualification", {"framework": "RQF", "level": "4", "qualification_no": "601/5566/88"}, "601/5566/8."),
        ("qualification", {"hours": "0"}, "Enter 1 to 20000."),
        ("qualification", {"expires_on": "2024-04-30"}, "Enter a day that is not before it begins."),
        ("registration", {"register_url": "http://register.example.org"}, "https://www.example.org/register."),
        ("insurance", {"expires_on": ""}, "every policy has one."),
        ("insurance", {"expires_on": "2027-01-01", "cover_minor": "lots"}, "Enter a whole amount"),
        ("insurance", {"expires_on": "2027-01-01", "cover_minor": "90000000"}, "Enter a whole amount"),
        ("insurance", {"expires_on": "2027-01-01", "activities": ["juggling"]}, "This list has changed."),
        ("training", {"skill": "juggling"}, "Choose one of these."),
        ("licence", {"title": "x" * 161}, "160 characters"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_everything_typed_is_kept(ana, kind, typed, sentence):
    before = latest().id
    page = enter(ana, f"kind={kind}", **{"title": "Odd one", "body": "School of Odds", **typed})
    assert (page.status_code, sentence in ana.text) == (422, True)
    assert 'value="School of Odds"' in page.text
    assert latest().id == before


@pytest.mark.parametrize("number", ["601/5566/8", "601/5566/x", "100/2394/X"])
def test_a_number_of_england_may_end_with_a_letter(ana, number):
    enter(ana, "kind=qualification", title="Odd", framework="RQF", level="4", qualification_no=number)
    assert latest().qualification_no == number.upper()


@pytest.mark.parametrize(
    ("address", "sound"),
    [
        ("https://www.cnhc.org.uk/register?name=ana#top", True),
        ("https://register.example.org:8443/", True),
        ("HTTPS://Register.Example.Org", True),
        ("https://localhost/", False),
        ("https://127.0.0.1/", False),
        ("https://[::1]/", False),
        ("https://clinic@example.org/", False),
        ("https://example.org\\@evil.test/", False),
        ("https://exa mple.org/", False),
        ('https://example.org/"onclick', False),
        ("javascript:alert(1)//https://example.org", False),
        ("https:example.org", False),
        ("//example.org", False),
        ("https://example.org:0/", False),
        ("https://example.org:99999/", False),
        ("https://exämple.org/", False),
        ("https://-example.org/", False),
    ],
)
def test_only_an_address_that_a_link_may_lead_to_is_one(address, sound):
    assert is_web_address(address) is sound


def test_the_address_of_a_register_is_a_link_that_says_nothing_of_where_it_stands(ana):
    enter(ana, "preset=cnhc", register_no="CN-1")
    assert '<a href="https://www.cnhc.org.uk" rel="noopener noreferrer">' in ana.page.text


def test_an_insurance_says_what_it_covers_and_how_much_it_pays(ana):
    enter(ana, "preset=uk-insurance", expires_on="2027-04-30", cover_minor="5,000,000", activities=["psoas", "massage"])
    assert (latest().activities, latest().cover_minor) == (["massage", "psoas"], 500_000_000)
    assert "Massage, Psoas work" in ana.text
    assert "£5,000,000" in ana.text
    ana.get(f"/credentials/{latest().id}")
    assert fields_of(ana.page.text)["cover_minor"] == "5,000,000"


def test_a_change_takes_its_check_away_at_once_and_asks_for_another(ana, cast):
    paper = of_kind("insurance").id
    ana.get(f"/credentials/{paper}")
    ana.send(f"/credentials/{paper}", number="NEW-1", activities=["massage", "abdominal"])
    assert "Insurance Waits for a check" in ana.text
    assert "You cannot be booked for anything today." in ana.text
    assert db.session.get(Credential, paper).revision == 2
    assert waiting() == [f"check/credential:{paper}/2"]
    told = db.session.scalars(sa.select(AuditLine.detail).where(AuditLine.action == "credential.changed")).all()
    assert told == [{"changed": ["number"], "revision": 2}]


def test_saving_it_as_it_was_changes_nothing(ana):
    for kind in ("qualification", "training"):
        paper = of_kind(kind).id
        ana.get(f"/credentials/{paper}")
        ana.send(f"/credentials/{paper}")
        assert db.session.get(Credential, paper).revision == 1
    assert waiting() == []
    changed = sa.select(AuditLine).where(AuditLine.action.startswith("credential."))
    assert db.session.scalars(changed).all() == []


def test_whoever_types_while_another_changes_it_sees_theirs_and_keeps_their_own(ana, new_visitor):
    paper, olu = of_kind("training").id, new_visitor()
    olu.sign_in("olu")
    ana.get(f"/credentials/{paper}")
    olu.get(f"/credentials/{paper}")
    olu.send(f"/credentials/{paper}", body="School of Owners")
    page = ana.send(f"/credentials/{paper}", body="School of Ana", title="Diploma of Ana")
    assert page.status_code == 409
    assert "Somebody changed it while you were typing" in ana.text
    assert "School of Owners" in ana.text
    assert fields_of(page.text)["body"] == "School of Ana"
    assert db.session.get(Credential, paper).body == "School of Owners"
    ana.send(f"/credentials/{paper}")
    assert (db.session.get(Credential, paper).title, db.session.get(Credential, paper).revision) == (
        "Diploma of Ana",
        3,
    )


def test_what_is_put_away_counts_no_more_and_comes_back_as_it_was(ana):
    paper = of_kind("training").id
    ana.get("/qualifications")
    ana.post(f"/credentials/{paper}/removal")
    assert "Not for Psoas release: no verified training in “Psoas release”" in ana.text
    assert "It is out of the register" in ana.text
    ana.post(f"/credentials/{paper}/return")
    assert "You can be booked for: Hips without tummy work, Psoas release, Massage" in ana.text
    assert "Put away (" not in ana.text


def test_what_waits_for_a_check_waits_again_once_it_is_taken_back_out(ana):
    enter(ana, "preset=psoas-training")
    paper = latest().id
    ana.post(f"/credentials/{paper}/removal")
    assert waiting() == []
    ana.post(f"/credentials/{paper}/return")
    assert waiting() == [f"check/credential:{paper}/1"]


def test_no_number_and_no_name_of_a_school_stands_in_the_trail(ana):
    enter(ana, "kind=training", title="Odd", number="SECRET-77", body="School of Odds")
    ana.get(f"/credentials/{latest().id}")
    ana.send(f"/credentials/{latest().id}", number="SECRET-78")
    ana.post(f"/credentials/{latest().id}/removal")
    lines = [f"{one.subject} {one.detail}" for one in db.session.scalars(sa.select(AuditLine))]
    assert [line for line in lines if "SECRET" in line or "Odd" in line] == []


def test_an_owner_enters_for_anybody_and_a_therapist_for_nobody_else(visitor, new_visitor, cast):
    visitor.sign_in("olu")
    page = enter(visitor, "preset=psoas-training")
    assert page.request.path == "/qualifications/ana-moreau"
    ben, made = new_visitor(), latest().id
    ben.sign_in("ben")
    assert ben.get(NEW).status_code == 404
    assert ben.post("/credentials", therapist="ana-moreau", kind="training", title="Mine").status_code == 404
    for page in ("", "/removal", "/return"):
        assert ben.post(f"/credentials/{made}{page}", title="Mine").status_code == 404
    assert latest().title == "Training in psoas release"


def test_what_is_not_in_the_form_is_not_set_by_sending_it(ana, cast):
    enter(ana, "kind=training", title="Odd", revision="77", therapist_id=str(cast.ben.id), level="8", put_away_at="x")
    assert (latest().revision, latest().therapist_id, latest().level) == (1, cast.ana.id, None)


WORDS = st.text(st.characters(exclude_categories=("C", "Z")), max_size=40)
DAYS = st.dates(date(1990, 1, 1), date(2040, 1, 1))


@st.composite
def papers(draw):
    """A credential of any kind, as somebody may have entered it."""
    kind = draw(st.sampled_from(KINDS))
    starts = draw(DAYS)
    ends = st.timedeltas(timedelta(), timedelta(days=4000)).map(lambda length: starts + length)
    framework = (
        draw(st.sampled_from(["", *RQF_OF])) if kind == "qualification" else draw(st.sampled_from(["", "US-state"]))
    )
    level = draw(st.sampled_from(list(RQF_OF[framework]))) if framework in RQF_OF else None
    made = {
        "title": draw(WORDS.filter(bool)),
        "discipline": draw(st.sampled_from(["", "odd", *DISCIPLINES])),
        "framework": framework,
        "level": level,
        "skill": draw(st.sampled_from(["", "odd", *SKILLS])),
        "activities": sorted(draw(st.sets(st.sampled_from(list(ACTIVITIES)))), key=list(ACTIVITIES).index),
        "qualification_no": "" if framework == "RQF" else draw(WORDS).upper()[:40],
        "hours": draw(st.integers(1, 20000) | st.none()),
        "distance_learning": draw(st.booleans()),
        "cover_minor": draw(st.integers(0, 20_000_000).map(lambda pounds: pounds * 100) | st.none()),
        "register_url": draw(st.sampled_from(["", "https://www.example.org/a?b=c"])),
        "starts_on": starts,
        "expires_on": draw(ends if kind == "insurance" else ends | st.none()),
        "shown": draw(st.booleans()),
        **{name: draw(WORDS) for name in ("body", "number", "register_no", "jurisdiction")},
    }
    return Credential(kind=kind, revision=1, **{name: made[name] for name in FIELDS[kind]})


@settings(max_examples=150)
@given(papers())
def test_whatever_was_entered_is_shown_as_it_would_be_typed_and_saving_it_is_no_change(app, paper):
    with app.test_request_context("/"):
        shown = CredentialForm(formdata=None, kind=paper.kind, currency="GBP", found=paper)
        sent = CredentialForm(formdata=MultiDict(typed(shown)), kind=paper.kind, currency="GBP", found=paper)
        assert sent.validate(), sent.errors
        assert sent.values() == {name: getattr(paper, name) for name in FIELDS[paper.kind]}


def typed(form):
    """What a browser sends of a form as it stands."""
    for field in form:
        if field.type == "Ticks":
            yield from ((field.name, one) for one in field.data or [])
        elif field.type == "BooleanField":
            yield from [(field.name, "y")] if field.data else []
        elif field.type in {"Chosen", "SelectField"}:
            yield field.name, field.data or ""
        else:
            yield field.name, field._value()
