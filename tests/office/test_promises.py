"""Words that promise a cure or an outcome are pointed out to whoever wrote them, and kept as written."""

import pytest
import sqlalchemy as sa

from clinic.core.db import db
from clinic.places.models import Clinic
from clinic.treatments.models import Treatment

TOLD = "One thing to look at in these words"


@pytest.fixture
def olu(visitor):
    visitor.sign_in("olu")
    return visitor


def test_a_treatments_words_are_kept_as_written_and_what_they_promise_is_pointed_out(olu, cast):
    page = f"/clinic/treatments/{cast.massage.id}"
    olu.get(page)
    assert TOLD not in olu.text
    olu.send(page, words="Heals your back.")
    assert "“Heals” A sentence about it It promises a cure. UK CAP Code, section 12" in olu.text
    assert db.session.get(Treatment, cast.massage.id).words == "Heals your back."
    olu.get(page)
    assert TOLD in olu.text
    olu.send(page, words="We do not promise to heal your back.")
    assert TOLD not in olu.text


def test_a_new_treatment_that_promises_something_opens_at_once(olu):
    olu.get("/clinic/treatments/new")
    olu.send("/clinic/treatments", name="Pain-free hips", minutes_1="60", price_1="60")
    made = db.session.scalars(sa.select(Treatment).where(Treatment.name == "Pain-free hips")).one()
    assert olu.page.request.path == f"/clinic/treatments/{made.id}"
    assert "“Pain-free” Name It promises an outcome." in olu.text


def test_the_clinics_words_are_looked_at_too(olu, new_visitor):
    page = "/clinic/identity"
    olu.get(page)
    olu.send(page, tagline="Results guaranteed", welcome="Gain an inch.")
    assert "2 things to look at in these words" in olu.text
    assert "“Results guaranteed” In one line Nobody can guarantee how a body answers. CNHC Code, C4" in olu.text
    assert db.session.get(Clinic, 1).tagline == "Results guaranteed"
    assert "things to look at" not in new_visitor().get("/").text
