"""The bench: what an invented client would be told by the safety list. Nothing of it is kept."""

from flask import render_template
from wtforms import SelectChoice

from clinic.booking.programme import Programme
from clinic.booking.views.page import programme_or_404
from clinic.core.access import owner
from clinic.core.db import db
from clinic.intake import safety_lists
from clinic.intake import wording as intake_wording
from clinic.intake.rules import GROUPS, SafetyRule, decide_by
from clinic.office import safety_words
from clinic.office.forms.safety import BenchForm
from clinic.office.views.page import bp
from clinic.office.views.safety import Lists

Rules = tuple[SafetyRule, ...]


@bp.get("/safety-list/bench")
@owner
def safety_bench() -> str:
    known, lists = programme_or_404(), Lists(safety_lists.versions(db.session))
    return render_template("office/safety_bench.html", **_asked(BenchForm(formdata=None), known, lists))


@bp.post("/safety-list/bench")
@owner
def safety_bench_result() -> tuple[str, int]:
    """What they tell is sent, and never stands in an address."""
    known, lists = programme_or_404(), Lists(safety_lists.versions(db.session))
    form = BenchForm()
    asked = _asked(form, known, lists)
    if not form.validate():
        return render_template("office/safety_bench.html", **asked, has_errors=True), 422
    treatment = known.treatment(form.treatment.data)
    told, deep = frozenset(form.told.data or ()), treatment is not None and treatment.is_release
    found = [("holding", _outcome(lists.rules_that_hold, told, deep=deep))]
    if lists.waits:
        found.append(("waiting", _outcome(lists.rules, told, deep=deep)))
    return render_template("office/safety_bench.html", **asked, found=found, deep=deep), 200


def _asked(form: BenchForm, known: Programme, lists: Lists) -> dict[str, object]:
    """The form with everything that could be told, question by question, then what follows from a history."""
    form.treatment.choices = [SelectChoice(one.slug, one.name) for one in known.treatments]
    rules = lists.rules
    groups = {
        group: [SelectChoice(one.id, one.short) for one in rules if one.asked and one.group == group]
        for group in GROUPS
    }
    of_rows = {choice.value for choices in groups.values() for choice in choices}
    derived = [SelectChoice(one, words) for one, words in safety_words.FACTS.items() if one not in of_rows]
    form.told.choices = [choice for choices in groups.values() for choice in choices] + derived
    return {"form": form, "lists": lists, "headings": intake_wording.GROUPS, "groups": groups, "derived": derived}


def _outcome(rules: Rules, told: frozenset[str], *, deep: bool) -> dict[str, object]:
    """What is decided, and what the therapist's card would say."""
    decided = decide_by(rules, told, deep=deep)
    return {"decided": decided, "rows": [one for one in rules if one.id in decided.reasons]}
