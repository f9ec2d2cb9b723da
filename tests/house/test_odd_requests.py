"""Whatever is typed or forged into a form, the answer is a page with a sentence, never an error of ours."""

from random import Random

import pytest

from tests.odd import OddVisitor

STARTS = {
    None: ("/", "/treatments/psoas-release/times", "/my", "/lost-link"),
    "rosa": ("/today", "/diary", "/clients", "/work", "/clinic"),
    "ana": ("/today", "/diary", "/clients", "/work"),
    "olu": ("/today", "/clinic", "/clinic/staff", "/clinic/import"),
    "ben": ("/qualifications", "/credentials/new?therapist=ben-okafor&kind=insurance"),
}


@pytest.mark.parametrize("name", STARTS)
def test_no_form_breaks_whatever_is_sent_with_it(visitor, cast, name):
    if name:
        visitor.sign_in(name)
    odd = OddVisitor(visitor, Random(f"{name} 1"))
    odd.walk(*STARTS[name])
    odd.send(300)
    assert odd.forms
    assert odd.broken == []


def test_a_number_that_no_database_could_hold_is_no_page(visitor, cast):
    visitor.sign_in("olu")
    for number in (2**31, 2**63, 2**70):
        assert visitor.get(f"/clinic/rooms/{number}").status_code == 404


def test_a_word_that_no_database_could_hold_is_no_page(visitor, cast):
    visitor.sign_in("olu")
    for page in ("/qualifications/%00", "/therapists/ana%00", "/therapists/%00/photo", "/treatments/%00/times"):
        assert visitor.get(page).status_code == 404
    for asked in ("/credentials/new?therapist=%00", "/credentials/new?therapist=ana-moreau&preset=%00&kind=%00"):
        assert visitor.get(asked).status_code in {200, 404}
