"""How a credential stands: case by case, and good exactly while it counts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.qualifications.rules import GOOD, Check, Entered, Held, state_of

TODAY = date(2026, 3, 11)
LONG_AGO = TODAY - timedelta(days=700)
VERIFIED = Check("verified", 1)


def in_days(days, **more):
    return Entered(1, LONG_AGO, TODAY + timedelta(days=days), **more)


@pytest.mark.parametrize(
    ("entered", "check", "state"),
    [
        (Entered(1, LONG_AGO, None), None, "waiting"),
        (Entered(1, LONG_AGO, None), VERIFIED, "verified"),
        (Entered(2, LONG_AGO, None), VERIFIED, "changed"),
        (Entered(2, LONG_AGO, None), Check("revoked", 1), "changed"),
        (Entered(1, LONG_AGO, None), Check("verified", 1, own=True), "waiting"),
        (Entered(1, LONG_AGO, None), Check("rejected", 1), "rejected"),
        (Entered(1, LONG_AGO, None), Check("revoked", 1), "revoked"),
        (Entered(1, TODAY + timedelta(days=1), None), VERIFIED, "early"),
        (in_days(91), VERIFIED, "verified"),
        (in_days(90), VERIFIED, "lapsing"),
        (in_days(0), VERIFIED, "lapsing"),
        (in_days(-1), VERIFIED, "lapsed"),
        (in_days(-1), None, "lapsed"),
        (in_days(-1), Check("revoked", 1), "revoked"),
        (in_days(30, put_away=True), VERIFIED, "put_away"),
    ],
)
def test_a_credential_stands_as_its_latest_check_its_dates_and_its_changes_say(entered, check, state):
    assert state_of(entered, check, TODAY) == state


DAYS = st.integers(-3, 100).map(lambda n: TODAY + timedelta(days=n))
CHECKS = (
    st.builds(Check, st.sampled_from(["verified", "rejected", "revoked"]), st.integers(1, 2), st.booleans()) | st.none()
)


@given(st.builds(Entered, st.integers(1, 2), DAYS, DAYS | st.none(), st.booleans()), CHECKS)
def test_it_is_good_exactly_while_it_is_verified_as_it_is_now_and_in_force(entered, check):
    counts = check == Check("verified", entered.revision) and not entered.put_away
    in_force = Held("training", "T", entered.starts_on, entered.expires_on).good_on(TODAY)
    assert (state_of(entered, check, TODAY) in GOOD) == (counts and in_force)
