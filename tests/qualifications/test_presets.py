"""The presets: every one is sound, and this clinic's own stand in the place of ours."""

import pytest
import sqlalchemy as sa

from clinic.core.db import db, writing
from clinic.qualifications.models import Credential, PresetChange
from clinic.qualifications.presets import preset_of, read, shipped
from clinic.qualifications.queries import all_presets
from clinic.qualifications.rules import rqf_level
from clinic.qualifications.wording import SKILLS
from tests.conftest import NOW
from tests.visitor import fields_of


def test_every_preset_has_a_source_says_how_it_is_known_and_maps_to_no_other_level_than_its_framework():
    for one in shipped().values():
        assert one.source
        assert len(one.code) <= 40
        assert one.skill in {"", *SKILLS}
        assert one.register_url.startswith("https://") or not one.register_url
        if one.framework:
            assert one.meets_level == rqf_level(one.framework, one.level)


def test_the_uk_the_us_and_every_regulated_province_of_canada_are_there():
    assert {one.country for one in shipped().values()} == {"", "GB", "US", "CA"}
    provinces = {one.jurisdiction for one in shipped().values() if one.framework == "CA-college"}
    assert len(provinces) == 5
    assert {one.level for one in shipped().values() if one.framework == "RQF"} == {3, 4, 5, 6}


def test_what_a_body_asks_of_continuing_education_adds_up():
    asked = {one.code: one.education for one in shipped().values() if one.education}
    assert asked.keys() == {"cnhc", "bctmb"}
    assert sum(asked["cnhc"]["least"].values()) == asked["cnhc"]["minutes"] == 15 * 60
    assert (asked["bctmb"]["years"], asked["bctmb"]["minutes"]) == (2, 24 * 60)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"kind": "badge"}, "kind: badge"),
        ({"framework": "NVQ"}, "framework: NVQ"),
        ({"framework": "RQF", "level": 9}, "level that its framework does not have: 9"),
        ({"level": 4}, "level that its framework does not have: 4"),
        ({"meets_level": 9}, "level: 9"),
        ({"country": "Wales"}, "country: Wales"),
        ({"mark": "sure"}, "mark: sure"),
        ({"colour": "red"}, "field: colour"),
        ({"education": {"hours": 15}}, "part of education: hours"),
    ],
)
def test_a_preset_that_names_what_is_not_known_is_refused_by_name(wrong, named):
    with pytest.raises(ValueError, match=named):
        read({"presets": {"odd": {"kind": "training", "words": "Odd", **wrong}}})


def test_what_the_clinic_changed_stands_in_the_place_of_ours(app):
    changed = {"kind": "registration", "words": "CNHC, checked by Olu", "hidden": True}
    with writing():
        for code in ("cnhc", "own-1"):
            db.session.add(PresetChange(code=code, preset=changed, changed_at=NOW, changed_by="account:1"))
        db.session.commit()
    found = all_presets(db.session)
    assert found["cnhc"] == preset_of("cnhc", changed)
    assert found["own-1"].words == "CNHC, checked by Olu"
    assert found["bctmb"] is shipped()["bctmb"]


@pytest.mark.parametrize(("typed", "proposed"), [({}, "4"), ({"level": "3"}, "3"), ({"level": "6"}, "4")])
def test_whoever_checks_is_proposed_the_lower_of_what_was_typed_and_what_its_preset_meets(visitor, typed, proposed):
    visitor.sign_in("olu")
    visitor.get("/credentials/new?therapist=ana-moreau&preset=uk-sports-4")
    visitor.send("/credentials", starts_on="2024-05-01", **typed)
    made = db.session.scalar(sa.select(sa.func.max(Credential.id)))
    page = visitor.get(f"/credentials/{made}/check")
    assert fields_of(page.text)["meets_level"] == proposed
    assert "RQF (England, Wales, Northern Ireland), level" in visitor.text
