"""The safety list as the clinic has it: looked at, changed, signed off, and tried out."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from clinic.core import access, clock
from clinic.core.access import owner
from clinic.core.db import db
from clinic.intake import safety_lists
from clinic.intake import wording as intake_wording
from clinic.intake.models import SafetyList
from clinic.intake.operations import safety_lists as operations
from clinic.intake.rules import GROUPS, SafetyRule, WrongListError
from clinic.intake.rules.changes import Change, changes, with_row
from clinic.office import safety_words
from clinic.office.forms.safety import RowForm, SignOffForm, VersionForm
from clinic.office.views.page import bp
from clinic.people.models import Account

Rules = tuple[SafetyRule, ...]
Answer = str | Response | tuple[str, int]
CHANGED_MEANWHILE = safety_words.SENTENCES["list_changed_meanwhile"]


@dataclass(frozen=True)
class Lists:
    """All versions, the newest first, and which of them holds. None stands for the list that comes with the product."""

    versions: Sequence[SafetyList]

    @property
    def newest(self) -> SafetyList | None:
        return self.versions[0] if self.versions else None

    @property
    def holding(self) -> SafetyList | None:
        return next((one for one in self.versions if one.approved_at), None)

    @property
    def number(self) -> int:
        """Of the newest; what a page was made from."""
        return self.newest.number if self.newest else 0

    @property
    def waits(self) -> bool:
        """Whether something was changed that does not hold yet."""
        return self.rules != self.rules_that_hold or (self.newest is not None and self.holding is None)

    @property
    def rules(self) -> Rules:
        return safety_lists.rules_of(self.newest)

    @property
    def rules_that_hold(self) -> Rules:
        return safety_lists.rules_of(self.holding)

    def before(self, version: SafetyList) -> Rules:
        """What the version before it said."""
        return safety_lists.rules_of(next((one for one in self.versions if one.number < version.number), None))


@bp.get("/safety-list")
@owner
def safety_list() -> str:
    return _list_page()


@bp.get("/safety-list/rows/new")
@owner
def safety_row_new() -> str:
    return _row_page(RowForm.showing(None, _lists().number), None)


@bp.post("/safety-list/rows")
@owner
def safety_row_making() -> Answer:
    form = RowForm()
    if not form.validate():
        return _row_page(form, None), 422
    rules = _lists().rules
    return _kept(form, with_row(rules, form.added({rule.id for rule in rules}))) or (_row_page(form, None), 409)


@bp.get("/safety-list/rows/<row_id>")
@owner
def safety_row(row_id: str) -> str:
    return _row_page(RowForm.showing(_row(row_id), _lists().number), _row(row_id))


@bp.post("/safety-list/rows/<row_id>")
@owner
def safety_row_change(row_id: str) -> Answer:
    rule = _row(row_id)
    form = RowForm(asked=rule.asked)
    if not form.validate():
        return _row_page(form, rule), 422
    return _kept(form, with_row(_lists().rules, form.changed(rule))) or (_row_page(form, rule), 409)


@bp.post("/safety-list/rows/<row_id>/removal")
@owner
def safety_row_removal(row_id: str) -> Answer:
    """The row is gone from the next version. What other rows follow from cannot go."""
    rule, form = _row(row_id), VersionForm()
    shown = RowForm.showing(rule, form.seen.data or 0)
    if not form.validate():
        return _row_page(shown, rule, removal=form), 422
    without = [one for one in _lists().rules if one.id != row_id]
    return _kept(form, without) or (_row_page(shown, rule, removal=form), 409)


@bp.post("/safety-list/signature")
@owner
def safety_signature() -> Answer:
    """A clinician stands for the newest version; from now on it decides."""
    lists, form = _lists(), SignOffForm()
    fine = form.validate()
    if _weaker(lists) and not form.weaker_seen.data:
        form.weaker_seen.errors = [_("Show them what is weaker, and tick this.")]
        fine = False
    if not fine:
        return _list_page(form), 422
    who, account_id = form.approved_by.data, access.signed_in().id
    if form.seen.data != lists.number or operations.sign_off(
        db.session, lists.number, who, account_id=account_id, now=clock.now(), by=access.actor()
    ):
        form.approved_by.errors = [CHANGED_MEANWHILE]
        return _list_page(form), 409
    db.session.commit()
    flash(_("Signed off. It decides from now on."))
    return redirect(url_for("office.safety_list"), 303)


@bp.get("/safety-list/versions")
@owner
def safety_versions() -> str:
    """Who changed what, when, why, and who stands for it."""
    lists = _lists()
    told = [(one, changes(lists.before(one), safety_lists.rules_of(one))) for one in lists.versions]
    names = {row.id: row.name for row in db.session.execute(select(Account.id, Account.name))}
    return render_template("office/safety_versions.html", lists=lists, told=told, names=names, words=safety_words)


@bp.post("/safety-list/versions/<int:number>/return")
@owner
def safety_version_return(number: int) -> Answer:
    """An earlier version again, as the next; 0 is the list that comes with the product."""
    lists, form = _lists(), VersionForm()
    earlier = next((one for one in lists.versions if one.number == number), None)
    if earlier is None and number:
        abort(404)
    if not form.validate():
        flash(_("Say why it is put back."))
        return redirect(url_for("office.safety_versions"), 303)
    if kept := _kept(form, safety_lists.rules_of(earlier)):
        return kept
    flash(str(CHANGED_MEANWHILE))
    return redirect(url_for("office.safety_versions"), 303)


def _lists() -> Lists:
    return Lists(safety_lists.versions(db.session))


def _row(row_id: str) -> SafetyRule:
    return next((one for one in _lists().rules if one.id == row_id), None) or abort(404)


def _weaker(lists: Lists) -> list[Change]:
    return [one for one in changes(lists.rules_that_hold, lists.rules) if one.weaker]


def _kept(form: VersionForm, rules: Sequence[SafetyRule]) -> Response | None:
    """On to the list once it is kept; None, and a sentence at the form, where it cannot be."""
    account_id, by, now = access.signed_in().id, access.actor(), clock.now()
    seen, reason = form.seen.data if form.seen.data is not None else -1, form.reason.data
    try:
        refused = operations.keep_version(db.session, rules, reason, seen=seen, account_id=account_id, now=now, by=by)
    except WrongListError as error:
        form.reason.errors = [_("This would break the list: %(why)s", why=error)]
        return None
    if refused:
        form.reason.errors = [CHANGED_MEANWHILE]
        return None
    db.session.commit()
    flash(_("Kept as version %(number)d. It decides once a clinician has signed it off.", number=seen + 1))
    return redirect(url_for("office.safety_list"), 303)


def _list_page(form: SignOffForm | None = None) -> str:
    lists = _lists()
    by_group = [(intake_wording.GROUPS[one], [rule for rule in lists.rules if rule.group == one]) for one in GROUPS]
    shown = form or SignOffForm(formdata=None, data={"seen": lists.number})
    return render_template(
        "office/safety_list.html",
        lists=lists,
        by_group=by_group,
        form=shown,
        weaker=_weaker(lists),
        words=safety_words,
        has_errors=bool(shown.errors),
    )


def _row_page(form: RowForm, rule: SafetyRule | None, *, removal: VersionForm | None = None) -> str:
    lists = _lists()
    blank = VersionForm(formdata=None, data={"seen": lists.number}, prefix="")
    return render_template(
        "office/safety_row.html",
        form=form,
        rule=rule,
        removal=removal or blank,
        words=safety_words,
        has_errors=bool(form.errors or (removal and removal.errors)),
    )
