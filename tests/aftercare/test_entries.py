"""What a phone tells later, in whatever shape it comes."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from clinic.aftercare.forms import entry_told
from clinic.aftercare.operations import Told
from clinic.aftercare.wording import FELT
from tests.conftest import NOW

TODAY = NOW.date()
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = ("id", "on", "done", "pain", "pain_after", "felt", "settled", "numb")
NEARLY = {
    "id": st.uuids().map(str),
    "on": st.dates().map(str) | st.just(TODAY.isoformat()),
    "felt": st.sampled_from(["", *FELT]),
    "pain": st.integers(-1, 11),
    "numb": st.booleans(),
}
ENTRIES = st.fixed_dictionaries({}, optional={name: ANYTHING | NEARLY.get(name, ANYTHING) for name in FIELDS})


@given(sent=ANYTHING | ENTRIES)
def test_whatever_is_sent_is_read_as_a_form_of_ours_would_tell_it_or_not_at_all(sent):
    entry = entry_told(sent, today=TODAY, now=NOW)
    if entry is None:
        return
    assert str(entry.id) == sent["id"]
    assert TODAY - timedelta(days=60) <= entry.on <= TODAY
    assert entry.told != Told()
    assert {entry.told.pain, entry.told.pain_after} <= {None, *range(11)}
    assert entry.told.felt in {"", *FELT}
    assert entry.told.settled in {None, True, False}
    assert entry.told.numb == (sent.get("numb") is True)
