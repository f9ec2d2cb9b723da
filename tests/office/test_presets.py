"""Presets: seen with their source, changed, hidden and added by the owner, and ours put back."""

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import MultiDict

from clinic.core.db import db
from clinic.office.forms.presets import PresetForm
from clinic.qualifications.models import PresetChange
from clinic.qualifications.presets import shipped
from clinic.qualifications.queries import all_presets
from tests.qualifications.test_enter_credentials import typed

GUILD = {"words": "Guild of Odd Hands", "kind": "membership", "source": "The guild's page"}


@pytest.fixture
def olu(visitor):
    visitor.sign_in("olu")
    return visitor


def test_the_owner_sees_them_by_country_with_what_they_map_to_and_how_that_is_known(olu):
    olu.get("/qualifications")
    olu.get(olu.link("Presets of the register"))
    assert olu.text.index("United Kingdom") < olu.text.index("Canada") < olu.text.index("United States")
    assert "RMT in Ontario Registration · meets level 4" in olu.text
    assert "CNHC registration Registration · no level by itself" in olu.text
    assert "not yet checked against a published source" in olu.text


def test_what_is_changed_fills_in_the_form_from_then_on_and_ours_can_be_put_back(olu):
    olu.get("/clinic/presets/cnhc")
    olu.send("/clinic/presets/cnhc", words="CNHC, the register", meets_level="3", hours="20")
    assert "What it is called: from “CNHC registration” to “CNHC, the register”" in olu.text
    assert "Continuing education: from 15 hours a year to 20 hours a year" in olu.text
    olu.get("/credentials/new?therapist=ana-moreau&preset=cnhc")
    assert 'value="CNHC, the register"' in olu.page.text
    assert "It usually meets level 3." in olu.text
    olu.post("/clinic/presets/cnhc/return")
    assert all_presets(db.session)["cnhc"] is shipped()["cnhc"]
    assert "Put back ours" not in olu.text


def test_a_hidden_one_is_offered_to_nobody_until_it_is_offered_again(olu):
    olu.get("/clinic/presets")
    olu.post("/clinic/presets/sma/withdrawal")
    olu.get("/credentials/new?therapist=ana-moreau")
    assert "Sports Massage Association membership" not in olu.text
    olu.post("/clinic/presets/sma/offer")
    olu.get("/credentials/new?therapist=ana-moreau")
    assert "Sports Massage Association membership" in olu.text


def test_one_of_their_own_stands_beside_ours(olu):
    for code in ("own-1", "own-2"):
        olu.get("/clinic/presets/new")
        page = olu.send("/clinic/presets", **GUILD)
        assert page.request.path == f"/clinic/presets/{code}"
    olu.get("/credentials/new?therapist=ana-moreau")
    assert "Guild of Odd Hands" in olu.text


def test_saving_one_as_it_was_keeps_ours(olu):
    for code in shipped():
        olu.get(f"/clinic/presets/{code}")
        olu.send(f"/clinic/presets/{code}")
    assert db.session.scalars(sa.select(PresetChange)).all() == []


def test_the_form_shows_every_preset_as_it_would_be_typed(app):
    with app.test_request_context("/"):
        for code, preset in shipped().items():
            shown = PresetForm(formdata=None, found=preset)
            sent = PresetForm(formdata=MultiDict(typed(shown)), found=preset)
            assert sent.validate(), sent.errors
            assert sent.preset(code, hidden=False) == preset


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"words": ""}, "This cannot be empty."),
        ({"source": ""}, "This cannot be empty."),
        ({"kind": "badge"}, "Choose one of these."),
        ({"country": "Wales"}, "Enter two letters, such as GB."),
        ({"level": "4"}, "A level needs a framework that has levels."),
        ({"framework": "RQF", "level": "12"}, "Its levels are 1 to 8."),
        ({"meets_level": "9"}, "Enter 1 to 8."),
        ({"register_url": "ftp://example.org"}, "https://www.example.org/register."),
        ({"hours": "15"}, "Enter both: so many hours in so many years."),
        ({"years": "1", "hours": "15", "least_general": "16"}, "Its parts add up to more than that."),
    ],
)
def test_what_is_wrong_is_said_and_kept(olu, wrong, sentence):
    olu.get("/clinic/presets/new")
    page = olu.send("/clinic/presets", **{**GUILD, "body": "Odd bodies", **wrong})
    assert (page.status_code, sentence in olu.text) == (422, True)
    assert 'value="Odd bodies"' in page.text
    assert db.session.scalars(sa.select(PresetChange)).all() == []
