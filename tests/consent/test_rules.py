"""When a consent counts: of the right words, for the right treatment and visit, and not taken back."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from clinic.consent.rules import (
    EACH_VISIT,
    MISSING,
    RENEW,
    STATES,
    VALID,
    WITHDRAWN,
    Asked,
    Guardian,
    Signature,
    Signed,
    Version,
    consent_state,
    digest_of,
    signature_refusals,
    together,
)

TEN = datetime(2026, 3, 12, 10, tzinfo=UTC)
BEFORE, AFTER = TEN - timedelta(days=7), TEN + timedelta(days=1)
THIS, OTHER = UUID(int=1), UUID(int=2)
RELEASE, MASSAGE = 7, 8
OURS = "the product's own"


def asked(*, treatment_id=RELEASE, is_release=True, each_visit=False):
    return Asked(THIS, treatment_id, is_release, each_visit, starts_at=TEN, ends_at=TEN + timedelta(hours=1))


def signed(digest=OURS, treatment_id=RELEASE, visit=THIS, at=BEFORE, withdrawn_at=None):
    return Signed(treatment_id, digest, visit, at, withdrawn_at)


def state(*consents, versions=(), **visit):
    return consent_state(asked(**visit), consents, versions, OURS)


def test_nothing_signed_is_missing_and_the_words_that_hold_are_valid():
    assert state() == MISSING
    assert state(signed()) == VALID
    assert state(signed(visit=OTHER)) == VALID
    assert state(signed(visit=None)) == VALID


def test_a_text_that_changed_before_the_visit_has_to_be_signed_anew():
    versions = [Version(1, OURS, BEFORE - timedelta(days=9)), Version(2, "new", BEFORE + timedelta(days=1))]
    assert state(signed(), versions=versions) == RENEW
    assert state(signed(), signed("new", at=BEFORE + timedelta(days=2)), versions=versions) == VALID


def test_a_text_that_changed_after_the_visit_takes_nothing_from_it():
    versions = [Version(1, OURS, BEFORE), Version(2, "new", AFTER)]
    assert state(signed(), versions=versions) == VALID
    assert state(signed("new", at=AFTER), versions=versions) == VALID


def test_the_words_of_the_product_count_for_a_visit_before_the_clinic_wrote_its_own():
    assert state(signed(at=BEFORE), versions=[Version(1, "own", AFTER)]) == VALID


@pytest.mark.parametrize(("at", "then"), [(BEFORE, WITHDRAWN), (TEN, WITHDRAWN), (AFTER, VALID)])
def test_what_was_taken_back_counts_no_more_but_for_visits_that_were_over(at, then):
    assert state(signed(withdrawn_at=at)) == then


def test_whoever_took_it_back_may_sign_again():
    earlier = signed(at=BEFORE - timedelta(days=2), withdrawn_at=BEFORE - timedelta(days=1))
    assert state(earlier, signed(at=BEFORE)) == VALID
    assert state(signed(at=BEFORE), earlier) == VALID


def test_what_is_signed_each_time_has_to_be_signed_for_this_visit():
    assert state(signed(visit=OTHER), each_visit=True) == EACH_VISIT
    assert state(signed(visit=OTHER), signed(visit=THIS), each_visit=True) == VALID
    assert state(signed("old", at=BEFORE - timedelta(days=1)), signed(visit=OTHER), each_visit=True) == EACH_VISIT


def test_a_release_needs_its_own_consent_and_other_treatments_one_to_the_same_words():
    elsewhere = signed(treatment_id=MASSAGE + 1)
    assert state(elsewhere) == MISSING
    assert state(elsewhere, treatment_id=MASSAGE, is_release=False) == VALID
    other_words = signed("other", treatment_id=MASSAGE + 1)
    assert state(other_words, treatment_id=MASSAGE, is_release=False) == MISSING


def test_two_treatments_in_one_visit_stand_as_the_one_that_lacks_more():
    assert together([]) == VALID
    assert [together([VALID, one]) for one in STATES] == list(STATES)
    assert together([MISSING, RENEW]) == MISSING


def test_another_word_or_language_is_another_text():
    words = {"what": "a", "why": "b"}
    assert digest_of(words, "en_GB") == digest_of(dict(reversed(words.items())), "en_GB")
    assert len({digest_of(words, "en_GB"), digest_of(words, "cy"), digest_of({**words, "why": "c"}, "en_GB")}) == 3


def codes(*, under_18=False, **given):
    signature = Signature("digest", **{"name": "", **given})
    return [one.code for one in signature_refusals(signature, under_18=under_18)]


def test_a_signature_is_a_name_typed_or_drawn():
    assert codes() == ["unsigned"]
    assert codes(name="Clara") == []
    assert codes(strokes=[[[1, 2]]]) == []
    assert [Signature("d", "Clara", strokes).way for strokes in ((), [[[1, 2]]])] == ["typed", "drawn"]


def test_somebody_under_18_signs_with_a_grown_up_who_says_whether_they_will_be_there():
    grown_up = Guardian("Dora", "mother", present=True)
    assert codes(name="Tim", under_18=True) == ["guardian_needed"]
    assert codes(name="Tim", under_18=True, guardian=grown_up) == []
    for lacking in (Guardian("", "mother", True), Guardian("Dora", "", True), Guardian("Dora", "mother", None)):
        assert codes(name="Tim", guardian=lacking) == ["guardian_incomplete"]
