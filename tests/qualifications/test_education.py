"""Continuing education: kept by its therapist, read by the owner without what they reflect on, printed for an audit."""

import csv
import io
from datetime import date

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.qualifications.models import ContinuingEducation, Credential, Evidence
from tests.conftest import NOW
from tests.house.test_statements import statements
from tests.papers import pdf

PAGE = "/continuing-education"
HIPS = {"title": "Hip anatomy", "done_on": "2026-03-02", "hours": "6", "minutes": "30", "category": "discipline"}


@pytest.fixture
def ana(visitor):
    visitor.sign_in("ana")
    return visitor


@pytest.fixture
def registered(cast):
    """Ana is registered with the CNHC since April seven years ago."""
    with writing():
        db.session.add(registration(cast.ana, number="MT-4711"))
        db.session.commit()


def registration(therapist, preset="cnhc", number="", discipline=""):
    return Credential(
        therapist_id=therapist.id,
        kind="registration",
        preset=preset,
        title="Registration",
        body=preset.upper(),
        register_no=number,
        discipline=discipline,
        starts_on=date(2019, 4, 1),
    )


def enter(visitor, **told):
    visitor.get(f"{PAGE}/new")
    return visitor.send(PAGE, **{**HIPS, **told})


def entered():
    return db.session.scalars(select(ContinuingEducation).order_by(ContinuingEducation.title)).all()


def trail():
    return db.session.scalars(
        select(AuditLine.action).where(AuditLine.action.like("education.%")).order_by(AuditLine.id)
    ).all()


def test_a_therapist_enters_what_they_learned_and_sees_how_far_it_goes(registered, ana):
    assert enter(ana).status_code == 200
    assert enter(ana, title="Law", hours="5", minutes="", category="general").status_code == 200
    assert "9 h 30 min of 15 hours" not in ana.text
    assert "10 of 15 hours; 5 more of your own discipline by 31 March" in ana.text  # 5 h of the 6 h 30 count
    assert "6 h 30 min (5 hours of it count)" in ana.text
    assert "One activity counts for 5 hours at most." in ana.text
    assert "1 April 2025 to 31 March 2026" in ana.text
    enter(ana, title="Knees", hours="5", minutes="")
    assert "15 of 15 hours: all that is asked for" in ana.text
    assert trail() == ["education.entered"] * 3


def test_what_is_over_says_what_was_missing(registered, ana):
    enter(ana, done_on="2025-02-01")
    assert "1 April 2024 to 31 March 2025" in ana.text
    assert "5 of 15 hours; 5 more of your own discipline and 5 more of general learning were asked for by" in ana.text
    ana.get(ana.link("Later"))
    assert "0 of 15 hours; 10 more of your own discipline" in ana.text
    assert "Later" not in ana.text
    ana.get(ana.link("Earlier"))
    assert "Hip anatomy" in ana.text


def test_the_year_begins_where_the_therapist_says(registered, ana):
    ana.get(PAGE)
    ana.get(ana.link("From 1 January"))
    assert "by 31 December" in ana.text
    ana.get(ana.link("From the day of registration"))
    assert "by 31 March" in ana.text


def test_whoever_is_registered_nowhere_chooses_whose_rule_it_is_measured_by(cast, ana):
    enter(ana)
    assert "Whose rule is it to be measured by?" in ana.text
    assert "6 h 30 min" in ana.text
    ana.get(ana.link("BCTMB"))
    assert "6 h 30 min of 24 hours; 3 more of ethics and 14 h 30 min more of any kind by 31 December 2027" in ana.text
    assert "Self-care counts for 4 hours at most." in ana.text


def test_two_disciplines_ask_for_more(cast, ana):
    with writing():
        db.session.add_all(registration(cast.ana, discipline=one) for one in ("sports", "holistic"))
        db.session.commit()
    ana.get(PAGE)
    assert "0 of 25 hours; 10 more of holistic massage, 10 more of sports massage and 5 more of general" in ana.text
    enter(ana, hours="4", minutes="", discipline="holistic")
    assert "4 of 25 hours; 6 more of holistic massage" in ana.text


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"title": " "}, "Enter what it was."),
        ({"title": "x" * 161}, "Shorten this to 160 characters or fewer."),
        ({"done_on": ""}, "Enter the day."),
        ({"done_on": "soon"}, "Enter a day, such as 2026-03-12."),
        ({"done_on": "2026-03-12"}, "Enter it once it is done: this day is still to come."),
        ({"hours": "some"}, "Enter a whole number."),
        ({"hours": "", "minutes": ""}, "Enter how long it took."),
        ({"hours": "1", "minutes": "75"}, "Enter hours, and minutes from 0 to 59."),
        ({"hours": "-1", "minutes": "59"}, "Enter hours, and minutes from 0 to 59."),
        ({"hours": "1000", "minutes": "1"}, "Enter 1000 hours at most."),
        ({"category": "party"}, "Choose what it counts for."),
        ({"category": ""}, "Choose what it counts for."),
        ({"discipline": "cooking"}, "Choose one of these disciplines."),
        ({"reflection": "x" * 4001}, "Shorten this to 4000 characters or fewer."),
    ],
)
def test_what_cannot_be_meant_is_said_and_nothing_is_kept(cast, ana, told, sentence):
    assert enter(ana, **told).status_code == 422
    assert sentence in ana.text
    assert entered() == []


def test_what_was_entered_is_put_right(cast, ana):
    enter(ana, reflection="Slower")
    ana.get(ana.link("Hip anatomy"))
    assert ana.send(ana.page.request.path, hours="2", minutes="0", reflection="Much slower").status_code == 200
    (row,) = entered()
    assert (row.minutes, row.reflection, row.title) == (120, "Much slower", "Hip anatomy")
    ana.get(ana.link("Hip anatomy"))
    assert ana.send(ana.page.request.path, hours="").status_code == 422
    assert trail() == ["education.entered", "education.changed"]


def test_what_was_deleted_comes_back_with_one_press(cast, ana):
    enter(ana, reflection="Slower,\n“née” <b>", provider="Hips & Co", provider_no="12", discipline="sports")
    before = [(one.title, one.minutes, one.reflection, one.provider, one.discipline) for one in entered()]
    ana.get(ana.link("Hip anatomy"))
    ana.send(f"{ana.page.request.path}/removal")
    assert "Deleted: Hip anatomy" in ana.text
    assert entered() == []
    assert ana.send(PAGE).status_code == 200
    assert [(one.title, one.minutes, one.reflection, one.provider, one.discipline) for one in entered()] == before
    assert trail() == ["education.entered", "education.removed", "education.entered"]


def test_a_reflection_is_sealed_and_nobody_elses_to_read(cast, ana, new_visitor):
    enter(ana, reflection="Slower at the rib")
    assert "Slower at the rib" in ana.text
    (row,) = entered()
    assert b"Slower" not in row.reflection_sealed
    olu = new_visitor()
    olu.sign_in("olu")
    assert "Hip anatomy" in olu.get(f"{PAGE}/of/ana-moreau?rule=cnhc").text
    assert "of their own discipline" in olu.text
    assert "Slower" not in olu.text
    assert "Slower" not in paper(olu.get(olu.link("As a PDF")))
    assert "Slower at the rib" in paper(ana.get(f"{PAGE}/2026.pdf"))


def add_certificate(visitor, content, title="Hip anatomy"):
    visitor.get(PAGE)
    visitor.get(visitor.link(title))
    return visitor.post(f"{visitor.page.request.path}/certificates", paper=(io.BytesIO(content), "c.pdf"))


def test_a_certificate_is_kept_handed_out_and_named_in_the_paper(registered, ana, new_visitor):
    enter(ana)
    assert add_certificate(ana, pdf()).status_code == 200
    (kept,) = db.session.scalars(select(Evidence)).all()
    ana.get(f"{PAGE}/2025.pdf")
    assert kept.digest in paper(ana.page)
    ana.get(PAGE)
    file = ana.get(ana.link("Certificate 1"))
    assert file.headers["Content-Disposition"] == f"attachment; filename={kept.file_name}"
    olu, ben = new_visitor(), new_visitor()
    olu.sign_in("olu")
    ben.sign_in("ben")
    assert olu.get(file.request.path).status_code == 200
    assert olu.get(f"{file.request.path}/removal").status_code == 404  # it is not the owner's
    assert ben.get(file.request.path).status_code == 404


def test_what_is_no_certificate_is_refused_in_words(cast, ana):
    enter(ana)
    assert add_certificate(ana, b"<svg/>").status_code == 422
    assert "There is a problem" in ana.text
    assert db.session.scalars(select(Evidence)).all() == []
    assert ana.send(ana.page.request.path.removesuffix("/certificates"), hours="3").status_code == 200


def test_what_has_a_certificate_is_not_deleted_before_that(cast, ana):
    enter(ana)
    add_certificate(ana, pdf())
    activity = ana.page.request.path
    assert "Delete it" not in ana.text
    assert ana.send(f"{activity}/removal").status_code == 409
    assert "Take its certificates away first" in ana.text
    ana.get(ana.link("Take it away"))
    assert ana.send(ana.page.request.path).request.path == activity
    assert ana.send(f"{activity}/removal").status_code == 200
    assert entered() == []


def test_others_see_nothing_of_it(cast, ana, new_visitor):
    enter(ana)
    ben = new_visitor()
    ben.sign_in("ben")
    assert "Hip anatomy" not in ben.get(PAGE).text
    for path in (f"{PAGE}/{entered()[0].id}", f"{PAGE}/of/ana-moreau"):
        assert ben.get(path).status_code in {403, 404}


def test_the_page_asks_the_database_as_often_for_many_as_for_few(registered, cast, ana):
    enter(ana)
    few = statements(ana, PAGE)
    with writing():
        for n in range(40):
            db.session.add(
                ContinuingEducation(
                    therapist_id=cast.ana.id,
                    title=f"Part {n}",
                    done_on=NOW.date(),
                    minutes=60,
                    category="general",
                    changed_at=NOW,
                    reflection="Slower",
                )
            )
        db.session.commit()
    assert statements(ana, PAGE) == few


def read(answer):
    assert answer.status_code == 200
    assert answer.content_type == "application/pdf"
    return PdfReader(io.BytesIO(answer.data))


def paper(answer):
    return " ".join(" ".join(page.extract_text() for page in read(answer).pages).split())


def test_the_paper_for_an_audit_says_all_of_it(registered, ana):
    enter(ana, provider="Hips & Co", provider_no="PR-12", reflection="Slower at the rib.\n\nAsk first.")
    answer = ana.get(f"{PAGE}/2025.pdf")
    assert answer.headers["Content-Disposition"] == "attachment; filename=continuing-education-2025.pdf"
    told = paper(answer)
    for words in (
        "Continuing education, 1 April 2025 to 31 March 2026",
        "Ana Moreau",
        "CNHC MT-4711 1 Apr 2019",
        "2 Mar 2026 Hip anatomy Hips & Co, PR-12 Own discipline 6 h 30 min",
        "5 of 15 hours; 5 more of their own discipline and 5 more of general learning by 31 March",
        "Measured by the rule for: CNHC registration.",
        "Own discipline 5 hours 10 hours",
        "One activity counts for 5 hours at most.",
        "Slower at the rib.",
        "Ask first.",
        "Page 1 / 1",
    ):
        assert words in told, (words, told)


def test_the_paper_is_tagged_and_says_its_language_and_title(registered, ana):
    enter(ana)
    found = read(ana.get(f"{PAGE}/2025.pdf"))
    root = found.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert found.metadata.title == "Continuing education, 1 April 2025 to 31 March 2026"
    assert found.metadata.author == "Ana Moreau"
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/P"} <= set(tags(root["/StructTreeRoot"]))
    assert "pdfuaid" in found.xmp_metadata.stream.get_data().decode()
    assert {tuple(map(round, page.mediabox[2:])) for page in found.pages} == {(595, 842)}


def tags(node):
    """The kinds of all elements under this one."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, dict):
        yield from filter(None, [node.get("/S")])
        children = node.get("/K", [])
        for child in children if isinstance(children, list) else [children]:
            yield from tags(child)


@pytest.mark.parametrize(
    "typed",
    [
        "#let x = 1; #panic() *bold* _it_ $x^2$ `code` <label> @ref ~ -- // not a comment /* nor */ [b] {c} \\u{41} = head",
        "\\#*$ \"quoted\" 'single' & < > %PDF ) ( endobj",
        "Łódź Ünïcödé Ελληνικά Кириллица",
    ],
)
def test_whatever_was_typed_stands_there_as_it_was_typed(cast, ana, typed):
    with writing():
        cast.ana.name = typed[:120]
        db.session.commit()
    enter(ana, title=typed, provider=typed, reflection=typed)
    found = "".join(paper(ana.get(f"{PAGE}/2026.pdf")).split())
    assert found.count("".join(typed.split())) >= 2  # a narrow column may part it, a heading and a paragraph do not


def test_letters_that_run_from_right_to_left_stand_there(cast, ana):
    enter(ana, title="שלום עולם", reflection="مرحبا")
    found = paper(ana.get(f"{PAGE}/2026.pdf"))
    assert all(word in found for word in ("שלום", "עולם", "مرحبا"))


def test_what_no_font_can_show_stands_by_its_name_and_breaks_nothing(cast, ana, monkeypatch):
    enter(ana, title="Calm 😀 \x07\ufffe 漢 \u200d\u202e \U0001faf6", reflection="Ω stays")
    found = paper(ana.get(f"{PAGE}/2026.pdf"))
    assert "Calm" in found
    assert "Ω stays" in found
    assert "漢" in found or "[cjk unified ideograph-6f22]" in found


def test_a_long_word_and_many_activities_fill_pages_and_break_nothing(cast, ana):
    enter(ana, title="x" * 160, reflection="y" * 4000)
    with writing():
        for n in range(120):
            row = ContinuingEducation(
                therapist_id=cast.ana.id,
                title=f"Part {n}",
                done_on=date(2026, 1, 1),
                minutes=30,
                category="ethics",
                changed_at=NOW,
            )
            db.session.add(row)
        db.session.commit()
    pages = [page.extract_text() for page in read(ana.get(f"{PAGE}/2026.pdf")).pages]
    assert len(pages) > 3
    assert f"Page {len(pages)} / {len(pages)}" in pages[-1]
    assert [n for n in range(120) if f"Part {n} " not in " ".join(pages)] == []


def test_all_years_leave_as_a_table_in_which_nothing_is_a_formula(cast, ana):
    enter(ana, title="=1+1", provider="+Hips", reflection="@Slower\n=2", done_on="2019-03-02")
    answer = ana.get(ana.link("All years as a table") if "All years" in ana.text else f"{PAGE}.csv")
    assert answer.headers["Content-Disposition"] == "attachment; filename=continuing-education.csv"
    heads, row = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    told = dict(zip(heads, row, strict=True))
    assert (told["What"], told["Who gave it"], told["Minutes"]) == ("'=1+1", "'+Hips", "390")
    assert told["Reflection"] == "'@Slower\n'=2"
