"""A clinic with something to hide: two clients with two therapists, a note and a plan of each, links in every state,
staff of every kind.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from clinic.aftercare.models import CheckIn, ExerciseVersion, Handout, PracticeReminder, UsefulLink
from clinic.aftercare.queries import link_of as plan_link_of
from clinic.booking.models import Appointment, Offer, Resource, WaitingListEntry
from clinic.booking.operations import Blocked, Off, Shut, block, book, close, link_of, take_off
from clinic.booking.programme import programme
from clinic.booking.wishes import Wish
from clinic.consent import queries as consent
from clinic.consent.models import NewsReader
from clinic.consent.operations import sign
from clinic.consent.rules import Signature
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from clinic.core.links import Link
from clinic.notes import operations as notes
from clinic.notes.models import Attachment, Episode, Phrase
from clinic.notes.operations import Page
from clinic.notes.rules import Content
from clinic.people.models import Account, Therapist
from clinic.places.models import Clinic
from clinic.qualifications.models import Credential, Evidence, OutsideChecker
from clinic.qualifications.operations import education
from clinic.qualifications.operations.education import Learned
from clinic.work.models import WorkItem
from tests.cast import HASH, with_second_factor
from tests.conftest import NOW
from tests.letters import letters_about
from tests.plans import plan_for
from tests.tellings import clear
from tests.visitor import Visitor

TEN = datetime(2026, 3, 12, 10, tzinfo=UTC)
WORD = "it hurts on stairs"
WHO = ("stranger", "ana", "ben", "rosa", "olu", "disabled", "ended")


@dataclass
class World:
    """`places` fills the addresses of the matrix; `sessions` holds everybody's cookie and its token for posts."""

    app: object
    places: dict[str, str]
    sessions: dict[str, tuple[str, str]]

    def visitor(self, who):
        """This person's browser, anew: what was posted before has not touched its session."""
        visitor = Visitor(self.app)
        visitor.client.set_cookie("session", self.sessions[who][0])
        return visitor

    def token(self, who):
        return self.sessions[who][1]

    def at(self, address):
        return address.format(**self.places)


@pytest.fixture
def world(app, cast):
    with writing():
        db.session.execute(update(Clinic).values(asks_measures=True, shows_exercises=True, shows_practice=True))
        clara, dmitri = (
            _booked(who, slug) for who, slug in (("Clara Teacup", "ana-moreau"), ("Dmitri Wool", "ben-okafor"))
        )
        waits, offered = _waiting(clara)
        links = {
            "expired": Link(scope="appointment", subject_id=clara.id, version=1, expires_at=NOW),
            "revoked": Link(scope="appointment", subject_id=clara.id, version=1, expires_at=TEN, revoked_at=NOW),
            "elsewhere": Link(scope="plan", subject_id=clara.id, version=1, expires_at=TEN),
            "feed": Link(scope="calendar", subject_id=clara.client_id, expires_at=TEN),
            "diary": Link(scope="diary", subject_id=UUID(int=clara.therapist_id), expires_at=TEN),
            "revoked_feed": Link(scope="calendar", subject_id=clara.client_id, expires_at=TEN, revoked_at=NOW),
            "revoked_diary": Link(scope="diary", subject_id=UUID(int=1), expires_at=TEN, revoked_at=NOW),
            "waiting": Link(scope="waiting", subject_id=waits.id, expires_at=TEN),
            "revoked_waiting": Link(scope="waiting", subject_id=waits.id, expires_at=TEN, revoked_at=NOW),
            "offer": Link(scope="offer", subject_id=offered.id, expires_at=TEN),
            "expired_offer": Link(scope="offer", subject_id=offered.id, expires_at=NOW),
            "new_account": Link(scope="account", subject_id=clara.client_id, version=1, expires_at=TEN),
            "news": Link(scope="news", subject_id=_news_reader(), expires_at=TEN),
            "expired_news": Link(scope="news", subject_id=clara.id, expires_at=NOW),
            "sign_in": Link(scope="sign_in", subject_id=dmitri.client_id, version=1, expires_at=TEN),
        }
        invited = Account(email="iris@clinic.test", name="Iris", role="reception", password_hash="")
        gone = [Account(email=f"{name}@clinic.test", name=name, role="owner", password_hash=HASH) for name in WHO[5:]]
        db.session.add_all([*links.values(), *gone, invited])
        db.session.flush()
        of_invited = {"scope": "invitation", "subject_id": UUID(int=invited.id)}
        links |= {
            "invitation": Link(**of_invited, expires_at=TEN),
            "expired_invitation": Link(**of_invited, expires_at=NOW),
            "revoked_invitation": Link(**of_invited, expires_at=TEN, revoked_at=NOW),
        }
        db.session.add_all(links.values())
        db.session.flush()
        for account in gone:
            with_second_factor(account)
        places = {name: link.token for name, link in links.items()}
        places |= {"clara": str(clara.client_id), "dmitri": str(dmitri.client_id), "nobody": str(clara.id)}
        places |= {"clara_call": clara.call_id, "dmitri_call": dmitri.call_id, "no_call": 987654}
        places |= {"link": link_of(db.session, clara.id).token, "other_link": link_of(db.session, dmitri.id).token}
        places |= _written_up(clara, dmitri)
        howe, draft, gone = letters_about(clara.client, clara.therapist, word=WORD)
        places |= {"a_contact": howe.id, "clara_draft": str(draft.id), "clara_letter": str(gone.id)}
        places["clara_consent"] = str(_agreed(clara).id)
        places["clara_clearance"] = str(
            clear(
                clara.client_id,
                cast.ana.account_id,
                "aspirin",
                note=WORD,
                paper="JVBERi0=",
                paper_type="application/pdf",
            )
        )
        places |= _asked_how_they_are(clara)
        places |= {"rosas_account": str(cast.rosa.id), "olus_account": str(cast.olu.id)}
        places |= {"invited_account": str(invited.id), "no_account": "987654"}
        places |= {"waits": str(waits.id), "clara_visit": str(clara.id)}
        places |= {
            "a_handout": _handout(cast.olu.id, offered=True),
            "hidden_handout": _handout(cast.olu.id, offered=False),
        }
        places |= {"room": cast.rooms[0].id, "place": cast.location.id, "treatment": cast.massage.id}
        places["anas_block"] = str(_blocked())
        places["anas_time_off"] = str(_away())
        places["closed"] = str(_closed())
        places["a_useful_link"] = _pointed_out(cast.olu.id)
        places["anas_learning"] = str(_learned(cast.ana.id))
        places["anas_training"] = _training(clara.therapist_id)
        places["ana_id"] = str(clara.therapist_id)
        places |= {"anas_phrase": _phrase(clara.therapist_id), "clinics_phrase": _phrase(None)}
        places |= _paper(clara.therapist_id)
        places |= _checked_from_outside(clara, dmitri, cast.olu)
        places["forged"] = places["link"].partition(".")[0] + "." + places["other_link"].partition(".")[2]
        db.session.commit()
    sessions = {who: _session_of(app, who) for who in WHO}
    with writing():
        for account in db.session.scalars(select(Account).where(Account.name.in_(("disabled", "ended")))):
            account.active, account.sessions_version = account.name != "disabled", 2
        db.session.commit()
    return World(app, places, sessions)


def _news_reader() -> UUID:
    """Somebody who is no client and has not said yet that they want news."""
    reader = NewsReader(email="nora@example.org", asked_at=NOW)
    db.session.add(reader)
    db.session.flush()
    return reader.id


def _handout(account_id, *, offered) -> int:
    """A paper for everybody, or one that is hidden."""
    paper = Handout(title="Sitting well", words="", pdf=b"%PDF-", size=5, offered=offered, added_at=NOW)
    paper.added_by_id = account_id
    db.session.add(paper)
    db.session.flush()
    return paper.id


def _pointed_out(account_id):
    link = UsefulLink(title="Breathing, shown", url="https://videos.example/breathing", offered=True, added_at=NOW)
    link.is_video, link.is_affiliate, link.added_by_id = True, False, account_id
    db.session.add(link)
    db.session.flush()
    return link.id


def _asked_how_they_are(clara):
    """Links by which Clara tells how she is; she has, in words for nobody else."""
    told = json.dumps({"word": WORD})
    whose = {"client_id": clara.client_id, "therapist_id": clara.therapist_id, "appointment_id": clara.id}
    row = CheckIn(kind="release", due_at=NOW, answered_at=NOW, answers=told, **whose)
    db.session.add(row)
    good, expired = (Link(scope="check_in", subject_id=row.id, expires_at=at) for at in (TEN, NOW))
    db.session.add_all([good, expired])
    db.session.flush()
    return {"check_in": good.token, "expired_check_in": expired.token}


def _phrase(therapist_id) -> str:
    """Words that are typed often: hers, or everybody's."""
    phrase = Phrase(therapist_id=therapist_id, part="plan", shortcut="again", words="Again in a week")
    db.session.add(phrase)
    db.session.flush()
    return str(phrase.id)


def _training(therapist_id) -> int:
    """A training of hers, so that what is posted to it makes nobody unbookable for a massage."""
    found = select(Credential.id).where(Credential.therapist_id == therapist_id, Credential.kind == "training")
    return db.session.scalars(found).one()


def _booked(name, slug) -> Appointment:
    """An appointment of theirs with a word to the therapist, and a call to make before it."""
    known = programme(db.session)
    wish = Wish(
        known.treatment("massage"), 60, known.therapist(slug), TEN, name=name, email="somebody@client.test", word=WORD
    )
    made = book(db.session, wish, screening=None, key=None, now=NOW, by=GUEST).appointment
    made.call = WorkItem(task="ring_before_visit", owner_id=wish.therapist.account_id, due_at=TEN - timedelta(days=1))
    db.session.flush()
    return made


def _agreed(clara):
    """What Clara agreed to, with a word for nobody else beside it."""
    words = consent.words_for(db.session, clara.treatment)
    signature = Signature(words.digest, clara.client.name, witness=WORD, place="clinic")
    return sign(db.session, clara, clara.treatment, signature, under_18=False, now=NOW, by=GUEST)


def _blocked():
    """Ana has something private on that day."""
    at = TEN + timedelta(hours=6)
    resource_id = db.session.scalar(select(Resource.id).join(Therapist).where(Therapist.slug == "ana-moreau"))
    wanted = Blocked(resource_id, "private", at, at + timedelta(hours=1), words=WORD)
    return block(db.session, [wanted], now=NOW, by=GUEST)[0].id


def _away():
    """Ana is away for a while, long after."""
    ana, at = db.session.scalar(select(Therapist.id).where(Therapist.slug == "ana-moreau")), TEN + timedelta(days=60)
    return take_off(db.session, Off(ana, at, at + timedelta(days=1)), now=NOW, by=GUEST).id


def _closed():
    """Everywhere, long after."""
    on, known = TEN.date() + timedelta(days=70), programme(db.session)
    return close(db.session, known, [Shut(None, on, on, "Founders' day")], now=NOW, by=GUEST)[0].id


def _learned(therapist_id):
    """Ana's own, with a word for nobody else."""
    learned = Learned(NOW.date(), "Hip anatomy", 60, "general", reflection=WORD)
    return education.enter(db.session, therapist_id, learned, now=NOW, by=GUEST).id


def _paper(therapist_id):
    """Ana's insurance, with a paper."""
    insurance = select(Credential.id).filter_by(therapist_id=therapist_id, kind="insurance")
    of = {"credential_id": db.session.scalar(insurance), "media_type": "image/jpeg", "added_at": NOW}
    paper = Evidence(size=2, digest="d" * 64, content="eHg=", added_by="account:1", **of)
    db.session.add(paper)
    return {"anas_insurance": of["credential_id"], "anas_paper": str(paper.id)}


def _waiting(clara):
    """Somebody who waits, and has let an offer lapse."""
    waits = WaitingListEntry(
        id=uuid4(),
        treatment_id=clara.treatment_id,
        minutes=60,
        therapist_ids=[],
        weekdays=[],
        parts=[],
        until_on=TEN.date(),
        name="Eva Saucer",
        email="eva@client.test",
        phone="",
        joined_at=NOW,
    )
    offered = Offer(
        id=uuid4(),
        entry_id=waits.id,
        therapist_id=clara.therapist_id,
        starts_at=TEN,
        made_at=NOW,
        expires_at=NOW,
        outcome="lapsed",
        ended_at=NOW,
    )
    db.session.add(waits)
    db.session.flush()
    db.session.add(offered)
    return waits, offered


def _written_up(clara, dmitri):
    """Clara's note is signed, Dmitri's is a draft; both have a plan, and Clara's once had another link."""
    after, content = TEN + timedelta(hours=2), Content(words={"subjective": WORD, "plan": WORD})
    photo, _ = _photo(clara), _exercise_photo(clara.therapist.account_id)
    assert not notes.sign(db.session, clara, content, Page("k", 0), now=after, by=GUEST)
    assert not notes.save_draft(db.session, dmitri, content, Page("k", 0), now=after, by=GUEST)
    plans = [plan_for(one.client, one.therapist, word=WORD) for one in (clara, dmitri)]
    db.session.add(PracticeReminder(plan_id=plans[0].id, weekdays=[0], at_minutes=480, by_mail=True, chosen_at=NOW))
    old = [
        Link(scope="plan", subject_id=plans[0].id, expires_at=TEN, revoked_at=NOW),
        Link(scope="plan", subject_id=plans[0].id, expires_at=NOW),
    ]
    db.session.add_all(old)
    db.session.flush()
    return {
        "clara_photo": str(photo.id),
        "clara_episode": str(_episode(clara).id),
        "clara_note": str(clara.id),
        "dmitri_note": str(dmitri.id),
        "no_note": str(clara.client_id),
        "plan": plan_link_of(db.session, plans[0].id).token,
        "other_plan": plan_link_of(db.session, plans[1].id).token,
        "revoked_plan": old[0].token,
        "expired_plan": old[1].token,
    }


def _photo(clara):
    """Of Clara's visit, taken before its note was signed."""
    of = {"appointment_id": clara.id, "account_id": clara.therapist.account_id, "added_at": NOW}
    photo = Attachment(digest="d" * 64, media_type="image/jpeg", about=WORD, paper="eHg=", **of)
    db.session.add(photo)
    return photo


def _exercise_photo(account_id):
    """The clinic shows one exercise by a photo of its own."""
    photo = {"photo": b"x", "photo_words": "A straight leg", "pose": ""}
    made = {"code": "heel_slide", "number": 2, "content": {}, "offered": True, "made_at": NOW, "made_by_id": account_id}
    db.session.add(ExerciseVersion(**made, **photo))


def _episode(clara):
    """What Clara comes for, in a word for nobody else."""
    of = {"client_id": clara.client_id, "therapist_id": clara.therapist_id, "begun_at": NOW}
    episode = Episode(content=json.dumps({"complaint": WORD}), **of)
    db.session.add(episode)
    db.session.flush()
    return episode


def _checked_from_outside(clara, dmitri, olu):
    """Two who were asked to look at Ana's papers, by links in every state; a paper of hers and one of Ben's."""
    of_ana = {"therapist_id": clara.therapist_id, "relation": "tutor", "invited_by_id": olu.id, "invited_at": NOW}
    one, other = (
        OutsideChecker(id=uuid4(), name=name, email=f"{name.lower()}@outside.test", **of_ana) for name in ("Jo", "Kit")
    )
    db.session.add_all([one, other])
    links = {
        "checking": Link(scope="checking", subject_id=one.id, expires_at=TEN),
        "expired_checking": Link(scope="checking", subject_id=one.id, expires_at=NOW),
        "revoked_checking": Link(scope="checking", subject_id=one.id, expires_at=TEN, revoked_at=NOW),
        "checking_on": Link(scope="checking", subject_id=other.id, expires_at=TEN),
    }
    db.session.add_all(links.values())
    db.session.flush()
    first = select(Credential.id).order_by(Credential.id)
    papers = {
        name: db.session.scalar(first.where(Credential.therapist_id == its.therapist_id))
        for name, its in (("anas_diploma", clara), ("bens_diploma", dmitri))
    }
    return papers | {name: link.token for name, link in links.items()} | {"checker": str(one.id)}


def _session_of(app, who):
    visitor = Visitor(app)
    if who == "stranger":
        visitor.get("/sign-in")
    else:
        visitor.sign_in(who)
        assert visitor.page.request.path == "/today", f"{who} could not sign in"
    return visitor.client.get_cookie("session").value, visitor.token()
