"""The clinic's own exercises in plans: offered, hidden, locked by an injury, and kept as they were sent."""

import pytest

from tests.aftercare.steps import address, build, find, plan_link, send
from tests.exercises import BRIDGE, add_ours, now_is, photo, save, send_photo, versions


@pytest.fixture
def olu(signed_in):
    return signed_in("olu")


def test_an_exercise_of_the_clinics_own_can_be_put_into_plans(olu, ana, new_visitor, clara):
    add_ours(olu)
    (kept,) = versions()
    assert (kept.number, kept.offered) == (1, True)
    assert [(one.kind, one.words) for one in now_is(kept.code).steps] == [
        ("preparation", "Stand with your back to a wall."),
        ("step", "Slide down a little, and up again."),
    ]
    assert (now_is(kept.code).ask_first, now_is(kept.code).modify) == ({"balance"}, {"balance": "Hold a worktop."})
    find(ana, clara)
    build(ana, clara, kept.code)
    send(ana, clara)
    client = new_visitor()
    client.get(address(clara))
    assert "Slide down a little, and up again." in client.text


def test_a_change_is_another_version_and_a_plan_sent_before_keeps_its_words(olu, ana, new_visitor, clara):
    client = new_visitor()
    plan = plan_link(ana, clara, "glute_bridge")
    save(olu, BRIDGE, name="Hip lift")
    assert (now_is("glute_bridge").name, now_is("glute_bridge").version) == ("Hip lift", 2)
    client.get(plan)
    assert "Bridge" in client.text
    assert "Hip lift" not in client.text
    ana.get(f"/clients/{clara}/plan")
    assert "Hip lift" in ana.text


def test_one_that_is_hidden_is_not_offered_until_it_is_offered_again(olu, ana, new_visitor, clara):
    find(ana, clara)
    olu.get(BRIDGE)
    for _ in range(2):
        olu.send(f"{BRIDGE}/withdrawal")
    assert "It is hidden: new plans do not have it." in olu.text
    assert 'value="glute_bridge"' not in ana.get(f"/clients/{clara}/plan").text
    olu.send(f"{BRIDGE}/offer")
    assert 'value="glute_bridge"' in ana.get(f"/clients/{clara}/plan").text
    assert [(one.number, one.offered) for one in versions()] == [(2, False), (3, True)]


@pytest.mark.parametrize(("found", "offered"), [({"psoas_left": "acute"}, False), ({"psoas_left": "none"}, True)])
def test_a_stretch_of_the_clinics_own_waits_until_no_muscle_is_injured(olu, ana, clara, found, offered):
    add_ours(olu, name="Wall stretch", phase="stretch", hold_s="30", targets=["psoas"])
    find(ana, clara, **found)
    ana.get(f"/clients/{clara}/plan")
    assert ("Add Wall stretch" in ana.text) is offered
    assert ("Not now Add all the same Wall stretch" in ana.text) is not offered


@pytest.mark.parametrize(("state", "offered"), [("acute", False), ("none", True)])
def test_a_long_hold_of_the_clinics_own_waits_for_its_muscles_by_whatever_name(olu, ana, clara, state, offered):
    add_ours(olu, name="Curl up", phase="calm", kind="mobility", reps="", hold_s="30", targets=[])
    assert versions() == []
    assert "Name at least one muscle" in olu.text
    add_ours(olu, name="Curl up", phase="calm", kind="mobility", reps="", hold_s="30", targets=["gluteals"])
    find(ana, clara, gluteals_right=state)
    ana.get(f"/clients/{clara}/plan")
    assert ("Add Curl up" in ana.text) is offered


def test_a_client_sees_the_photo_their_plan_was_sent_with_and_no_other(olu, ana, new_visitor, clara):
    client = new_visitor()
    send_photo(olu, photo())
    plan = plan_link(ana, clara, "glute_bridge")
    olu.get(BRIDGE)
    olu.send(f"{BRIDGE}/photo/removal")
    assert not now_is("glute_bridge").has_photo
    assert client.get(f"{plan}/exercises/glute_bridge/photo").mimetype == "image/jpeg"
    for other in ("pelvic_tilt", "nothing"):
        assert client.get(f"{plan}/exercises/{other}/photo").status_code == 404
    assert client.get("/exercises/glute_bridge/2/photo").request.path == "/sign-in"
