"""Every page there is, once: as clients, the staff, and people who get lost see them."""

import re
from contextlib import contextmanager
from datetime import timedelta

import sqlalchemy as sa
import time_machine
from werkzeug.exceptions import abort

from clinic.booking.models import Appointment, Resource
from clinic.booking.operations import offer_free_times
from clinic.core.access import public
from clinic.core.db import db, writing
from clinic.core.errors import PAGES
from clinic.people.models import Account, Client, Therapist
from clinic.places.models import Clinic
from clinic.treatments.models import Treatment
from tests.accounts import forget_tries
from tests.conftest import NOW
from tests.house.tour_of_absences import absence_pages
from tests.house.tour_of_accounts import account_pages
from tests.house.tour_of_attachments import attachment_pages
from tests.house.tour_of_checks import check_pages
from tests.house.tour_of_consent import consent_pages
from tests.house.tour_of_desk import desk_pages
from tests.house.tour_of_education import education_pages
from tests.house.tour_of_episodes import episode_pages
from tests.house.tour_of_figures import figure_pages
from tests.house.tour_of_history import history_pages
from tests.house.tour_of_letters import letter_pages
from tests.house.tour_of_library import library_pages
from tests.house.tour_of_measures import measure_pages
from tests.house.tour_of_own_exercises import exercise_pages
from tests.house.tour_of_papers import paper_pages
from tests.house.tour_of_plans import plan_pages
from tests.house.tour_of_registers import register_pages
from tests.house.tour_of_setting_up import office_pages
from tests.house.tour_of_signing import signing_pages
from tests.house.tour_of_staff import own_account_pages, who_works_here_pages
from tests.house.tour_of_tests import measuring_pages
from tests.house.tour_of_the_list import safety_list_pages
from tests.house.tour_of_therapists import recommendation_pages, therapist_pages
from tests.house.tour_of_told import told_pages
from tests.house.tour_of_visit_checks import visit_check_pages
from tests.house.tour_of_words import words_pages
from tests.letterbox import Letterbox, text_of
from tests.steps import TEN, book, details, screen
from tests.visitor import Visitor

SLOT = f"slot={TEN}.ana-moreau"
THREE = NOW + timedelta(hours=6)
RELEASE = "/treatments/psoas-release"


def tour(app):
    """Each page of a clinic that is open, as (what it is, the answer), in an order in which people could see them."""
    clients = (clients_pages, again_pages, waiting_pages)
    everybodys = (
        *clients,
        visit_check_pages,
        told_pages,
        staff_pages,
        desk_pages,
        office_pages,
        safety_list_pages,
        measuring_pages,
        exercise_pages,
        figure_pages,
        education_pages,
        own_account_pages,
        who_works_here_pages,
        paper_pages,
        register_pages,
        therapist_pages,
        check_pages,
        recommendation_pages,
        approval_pages,
        words_pages,
        note_pages,
        signing_pages,
        episode_pages,
        attachment_pages,
        letter_pages,
        measure_pages,
        plan_pages,
        library_pages,
        account_pages,
        history_pages,
        consent_pages,
    )
    for pages in (*everybodys, outbox_page, lost_pages):
        yield from pages(app)
        forget_tries()


def clients_pages(app):
    """What a client may see, from the front door to a cancelled appointment."""
    visitor, other = Visitor(app), Visitor(app)
    yield "home", visitor.get("/")
    yield "home, short of time", visitor.get("/?minutes=30")
    yield "times", visitor.get("/treatments/massage/times")
    two = "/treatments/massage/times?with=psoas-release-60&chaperone=yes"
    yield "times for two, with a chaperone", visitor.get(two)
    yield "times for what is no pair", visitor.get("/treatments/massage/times?with=massage-30")
    yield "times after the horizon", visitor.get("/treatments/massage/times?from=2030-01-01")
    yield "details", visitor.get(f"/treatments/massage/details?{SLOT}")
    yield "details with errors", visitor.send(visitor.page.request.full_path, name="", email="nobody", area="nowhere")
    details(other)
    yield "check", details(visitor)
    yield "booked", visitor.send("/appointments")
    booked = visitor.page.request.path
    yield "already booked", repeated(visitor)
    yield "taken", other.send("/appointments")
    yield "calendar", visitor.get(f"{booked}/appointment.ics")
    yield "times to move to", visitor.get(f"{booked}/move")
    yield "move?", visitor.get(f"{booked}/move?slot=20260316T1000Z.ana-moreau")
    yield "moved", visitor.send(f"{booked}/move")
    yield "lost link", visitor.get("/lost-link")
    yield "lost link with errors", visitor.send("/lost-link")
    yield "link sent", visitor.send("/lost-link", email="clara@client.test")
    Letterbox().round(app, NOW + timedelta(days=4))  # the reminder too
    yield "confirm?", visitor.get(f"{booked}/confirmation")
    yield "confirmed", visitor.send(f"{booked}/confirmation")
    with time_machine.travel(NOW + timedelta(days=5), tick=False):
        yield "cannot be moved", visitor.get(f"{booked}/move")
    yield "cancel?", visitor.get(f"{booked}/cancellation")
    yield "cancelled", visitor.send(f"{booked}/cancellation")
    yield "sign in", visitor.get("/sign-in")
    yield "sign in with errors", visitor.send("/sign-in")
    yield from safety_pages(visitor)
    yield "not without the safety page", unscreened(Visitor(app))
    yield from assessment_first(Visitor(app))


def again_pages(app):
    """The same again, by link: times, look once more, a release, one that has gone, one that is not offered any more."""
    visitor, other = Visitor(app), Visitor(app)
    screen(visitor)
    book(visitor, "psoas-release", at="20260317T1000Z")
    release = f"{visitor.page.request.path}/again"
    yield "times for the same again", visitor.get(release)
    yield "the same release again?", visitor.get(f"{release}?slot=20260318T1000Z.ana-moreau")
    book(other, at="20260318T1000Z")
    yield "the same again, taken", visitor.send(release)
    massage = f"{other.page.request.path}/again"
    yield "the same massage again?", other.get(f"{massage}?slot=20260319T1000Z.ana-moreau")
    yield "booked again", other.send(massage)
    own = other.page.request.path
    other.post(f"{own}/calendar")
    yield "an address for a calendar", other.page
    yield "no address for a calendar", other.send(f"{own}/calendar/revocation")
    offer("massage", offered=False)
    yield "not offered any more", other.get(massage)
    offer("massage", offered=True)


def waiting_pages(app):
    """The waiting list: joining it, being offered a time, taking it, another's offer left, leaving."""
    visitor, box = Visitor(app), Letterbox()
    screen(visitor)
    page = f"{RELEASE}/waiting-list"
    yield "waiting list", visitor.get(page)
    yield "waiting list with errors", visitor.send(page)
    yield "waiting", visitor.send(page, name="Dmitri Kettle", email="dmitri@client.test")
    path = visitor.page.request.path
    with app.test_request_context():
        offer_free_times(db.session, now=NOW)
    box.round(app, NOW)
    offered = next(found[0] for mail in box.mails if (found := re.search(r"/offers/[\w.-]+", text_of(mail))))
    yield "waiting, with an offer", visitor.get(path)
    yield "offered", visitor.get(offered)
    yield "offer left", visitor.send(f"{offered}/refusal")
    yield "offer that has ended", visitor.post(f"{offered}/acceptance")
    yield "on no waiting list", visitor.post(f"{path}/departure")


def offer(slug, offered):
    with writing():
        db.session.execute(sa.update(Treatment).where(Treatment.slug == slug).values(offered=offered))
        db.session.commit()


def repeated(visitor):
    """The check page of a booking, sent once more with another name."""
    page = details(visitor, at="20260313T1000Z")
    assert page.status_code == 200
    check = visitor.page
    visitor.send("/appointments")
    visitor.page = check
    return visitor.send("/appointments", name="Clara Spoon")


def safety_pages(visitor):
    yield "safety page", visitor.get(f"{RELEASE}/safety?{SLOT}")
    yield "safety page with errors", visitor.send(f"{RELEASE}/safety?{SLOT}")
    yield "emergency", screen(visitor, "chest_or_sudden")
    yield "doctor first", screen(visitor, "unwell_with_pain")
    yield "alternative", screen(visitor, "under_18", query=f"?{SLOT}")


def assessment_first(visitor):
    """The release asks for an assessment for a while."""
    of_release = sa.update(Treatment).where(Treatment.is_release)
    with writing():
        massage = sa.select(Treatment.id).where(Treatment.slug == "massage").scalar_subquery()
        db.session.execute(of_release.values(assessment_id=massage, assessment_months=6))
        db.session.commit()
    yield "assessment first", visitor.get(f"{RELEASE}/assessment")
    yield "times after an assessment", visitor.get(f"{RELEASE}/times")
    book(visitor, at="20260313T1100Z")
    yield "booked, and what may follow", visitor.page
    with writing():
        db.session.execute(of_release.values(assessment_id=None))
        db.session.commit()


def unscreened(visitor):
    """A check page whose treatment became a release."""
    details(visitor)
    return visitor.send("/appointments", treatment="psoas-release")


def staff_pages(app):
    book(Visitor(app), at="20260311T1500Z", word="it hurts on stairs")
    ana = Visitor(app)
    yield "day sheet", ana.sign_in("ana")
    yield "a therapist's calendar", ana.get("/today/calendar")
    ana.get("/today")
    yield "client", ana.get(ana.link("Clara Teacup"))
    rosa = Visitor(app)
    yield "everybody's day sheet", rosa.sign_in("rosa")
    yield "client, for reception", rosa.get(rosa.link("Clara Teacup"))
    yield "the clinic", rosa.get("/clinic")
    yield "who waits", rosa.get("/today/waiting-list")
    yield from absence_pages(rosa)
    yield "clients", rosa.get("/clients")
    yield "clients found", rosa.get("/clients?q=clra")
    yield "no client found", rosa.get("/clients?q=nobody")
    client = db.session.scalar(sa.select(Client.id).where(Client.name == "Clara Teacup"))
    yield "contact", rosa.get(f"/clients/{client}/contact")
    yield "contact with errors", rosa.send(f"/clients/{client}/contact", name="")
    yield from merging_pages(rosa)
    yield from block_pages(rosa)
    yield from work_pages(rosa)
    yield "why?", rosa.get("/diary/reasons")
    yield "why a time is not offered", rosa.get(f"/diary/reasons?treatment=massage&therapist=ana-moreau&at={TEN}")
    yield "the diary of a day", rosa.get("/diary")
    yield "of the rooms", rosa.get("/diary?view=rooms")
    yield "of a week", rosa.get("/diary?view=week")
    rosa.get("/diary")
    yield "an appointment at the desk", rosa.get(rosa.link("Clara Teacup"))
    yield "that cannot move there", rosa.send(f"{rosa.page.request.path}/time", at="21:00")
    yield "a day with nobody", rosa.get("/today?on=2026-03-15")
    yield from attendance_pages(app, rosa)


def attendance_pages(app, rosa):
    """A day that runs late: said, told, undone; a visit cancelled by mistake, and put back."""
    box, visit = Letterbox(), db.session.scalar(sa.select(Appointment.id).where(Appointment.starts_at == THREE))
    attendance = f"/diary/appointments/{visit}/attendance"
    rosa.get("/today")
    yield "somebody runs late", rosa.post("/diary/delays", therapist="ana-moreau", minutes="15")
    box.round(app, NOW)
    yield "not yet", rosa.post(attendance, step="no_show")
    yield "arrived", rosa.post(attendance, step="arrived")
    yield "how far it has come", rosa.get(f"/diary/appointments/{visit}")
    yield "undone", rosa.post(f"{attendance}/undoing", step="arrived")
    yield "cancelled by mistake", rosa.post(f"/diary/appointments/{visit}/cancellation", ours="yes")
    box.round(app, NOW)
    yield "put back", rosa.post(f"{attendance}/undoing", step="cancelled")
    box.round(app, NOW)


def block_pages(rosa):
    """A lunch of two weeks, over an appointment."""
    yield "block a time", rosa.get("/diary/blocks/new?therapist=ana-moreau&at=20260311T1500Z&minutes=30")
    yield "block with errors", rosa.send("/diary/blocks", kind="", ends="")
    rosa.get("/diary/blocks/new?therapist=ana-moreau&at=20260311T1500Z&minutes=30")
    anas = db.session.scalar(sa.select(Resource.id).join(Therapist).where(Therapist.slug == "ana-moreau"))
    yield "blocked, with an appointment in it", rosa.send("/diary/blocks", whose=anas, weeks="2")
    rosa.send(f"{rosa.page.request.path}/deletion", all="yes")


def merging_pages(rosa):
    """Somebody who is two clients: whom they may be joined with, and both side by side."""
    one, other = db.session.scalars(sa.select(Client.id).order_by(Client.name)).all()[:2]
    yield "merging", rosa.get(f"/clients/{one}/merging?q=a")
    yield "merging, both", rosa.get(f"/clients/{one}/merging?other={other}")
    yield "merging with errors", rosa.send(f"/clients/{one}/merging", other="")


def work_pages(rosa):
    """Something to do about Clara, asked of Rosa herself."""
    rosa.get("/today")
    form = f"{rosa.link('Clara Teacup')}/work"
    yield "something to do", rosa.get(form)
    yield "something to do, with errors", rosa.send(form)
    olu = db.session.scalar(sa.select(Account.id).where(Account.name == "Olu"))
    rosa.get(form)
    yield "work", rosa.send(form, task="ring_back", owner=olu)


def approval_pages(app):
    """A massage asks for its therapist's yes for a while."""
    of_massage = sa.update(Treatment).where(Treatment.slug == "massage")
    with writing():
        db.session.execute(of_massage.values(needs_approval=True))
        db.session.commit()
    visitor, ana = Visitor(app), Visitor(app)
    book(visitor, at="20260313T1400Z")
    yield "booked, to be confirmed", visitor.page
    yield "day sheet with something to approve", ana.sign_in("ana")
    item = db.session.scalar(sa.select(Appointment.approval_id).where(Appointment.approval_id.is_not(None)))
    yield "approved", ana.post(f"/work/{item}/approval", at="20260313T1400Z")
    while Letterbox().round(app, NOW):  # whatever else waits goes first
        pass
    with writing():
        db.session.execute(of_massage.values(needs_approval=False))
        db.session.commit()


def note_pages(app):
    """A note begun, refused, signed and amended; then the next, with the last beside it."""
    ana, first = Visitor(app), db.session.scalar(sa.select(Appointment).order_by(Appointment.starts_at))
    note = f"/notes/{first.id}"
    ana.sign_in("ana")
    yield "note", ana.get(note)
    yield "note with errors", ana.send(f"{note}/draft", subjective="x" * 7000)
    ana.get(note)
    with time_machine.travel(first.ends_at, tick=False):
        yield "nothing to sign", ana.send(f"{note}/signature")
        yield "signed", ana.send(f"{note}/signature", subjective="Sore", **{"treated-0-place": "calf/left"})
        yield "amendment with errors", ana.send(f"{note}/amendments")
        yield "amended", ana.send(f"{note}/amendments", text="The right one", why="mistake")
    yield "record", ana.get(f"/clients/{first.client_id}")
    client = first.client_id
    yield "findings", ana.get(f"/clients/{client}/findings")
    yield "findings with errors", ana.send(f"/clients/{client}/findings", conditions=["none", "ddd"])
    yield "builder", ana.get(f"/clients/{client}/plan")
    yield "builder with errors", ana.send(f"/clients/{client}/plan/issue")


def lost_pages(app):
    """Each error page, from a view that ends in it."""
    for code in sorted(PAGES):
        with front_door(app, public(lambda code=code: abort(code))):
            yield f"error {code}", Visitor(app).get("/")
    with front_door(app, public(lambda: 1 / 0)):
        yield "error 500", Visitor(app).get("/")


def outbox_page(app):
    """The demo's letter box, with the mails of whatever was booked and cancelled."""
    mails = Letterbox()
    mails.round(app, NOW)
    with writing():
        db.session.execute(sa.update(Clinic).values(demo=True))
        db.session.commit()
    yield "outbox", Visitor(app).get("/outbox")


@contextmanager
def front_door(app, view):
    """The home page's view is another for a while."""
    kept = app.view_functions["front.home"]
    app.view_functions["front.home"] = view
    try:
        yield
    finally:
        app.view_functions["front.home"] = kept
