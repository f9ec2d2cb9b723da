"""Who works here, and as what."""

from datetime import datetime
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import owner
from clinic.core.db import db
from clinic.core.templating import day_words
from clinic.core.times import local
from clinic.office import operations
from clinic.office.forms.staff import ROLE_NAMES, InvitationForm, RoleForm, SupervisorForm
from clinic.office.views.page import bp
from clinic.office.wording import change_words
from clinic.people import queries
from clinic.people.models import Account, Therapist
from clinic.people.operations import second_factor
from clinic.people.operations import staff as accounts
from clinic.people.rules import may_grant

NOT_BELOW = _l(
    "Nobody changes their own role, or an account as high as their own. That is done at the clinic's server."
)


@bp.get("/staff")
@owner
def staff() -> str:
    everybody, now = queries.all_staff(db.session), clock.now()
    seen = queries.last_sign_ins(db.session, [one.id for one in everybody])
    invited = queries.live_invitations(db.session, now=now)
    return render_template("office/staff.html", everybody=everybody, seen=seen, invited=invited, **_words())


@bp.get("/staff/new")
@owner
def staff_new() -> str:
    return render_template("office/staff_new.html", form=_invitation_form(formdata=None))


@bp.post("/staff")
@owner
def staff_new_submit() -> tuple[str, int] | Response:
    form = _invitation_form()
    invited = _invite(form) if form.validate() else None
    if invited is None:
        return render_template("office/staff_new.html", form=form, has_errors=True), 422
    db.session.commit()
    flash(_("%(name)s is invited. The mail is on its way.", name=invited.name))
    return _to(invited)


@bp.get("/staff/<int:account_id>")
@owner
def member(account_id: int) -> str:
    account = _account(account_id)
    return _member_page(account, _role_form(formdata=None, data={"role": account.role}))


@bp.post("/staff/<int:account_id>/role")
@owner
def role(account_id: int) -> tuple[str, int] | Response:
    account, form = _below(account_id), _role_form()
    if not form.validate():
        return _member_page(account, form, has_errors=True), 422
    operations.change_role(db.session, account, form.role.data, **_now_and_who())
    return _done(account, _("Their role is changed. On every device they sign in again."))


@bp.post("/staff/<int:account_id>/supervisor")
@owner
def supervisor(account_id: int) -> tuple[str, int] | Response:
    """Who signs their notes as well."""
    account = _below(account_id)
    trainee = queries.therapist_of(account) or abort(404)
    form = _supervisor_form(trainee)
    valid = form.validate()
    if not valid or not operations.supervise(db.session, trainee, form.supervisor_id, **_now_and_who()):
        return _member_page(account, _role_form(formdata=None, data={"role": account.role}), supervising=form), 422
    return _done(account, _("Changed. Notes that wait for a co-signature went along."))


@bp.post("/staff/<int:account_id>/deactivation")
@owner
def deactivation(account_id: int) -> Response:
    account = _below(account_id)
    accounts.set_active(db.session, account, active=False, **_now_and_who())
    return _done(account, _("The account is closed. What they wrote stays."))


@bp.post("/staff/<int:account_id>/reactivation")
@owner
def reactivation(account_id: int) -> Response:
    account = _below(account_id)
    accounts.set_active(db.session, account, active=True, **_now_and_who())
    return _done(account, _("The account is open again."))


@bp.post("/staff/<int:account_id>/invitation")
@owner
def invitation(account_id: int) -> Response:
    account = _invited(account_id)
    accounts.invite_again(db.session, account, **_now_and_who())
    return _done(account, _("Another invitation is on its way. The one before opens nothing any more."))


@bp.post("/staff/<int:account_id>/invitation/withdrawal")
@owner
def withdrawal(account_id: int) -> Response:
    account = _invited(account_id)
    accounts.withdraw_invitation(db.session, account, **_now_and_who())
    return _done(account, _("The invitation is withdrawn."))


@bp.post("/staff/<int:account_id>/second-factor-reset")
@owner
def second_factor_reset(account_id: int) -> Response:
    account = _below(account_id)
    second_factor.reset_second_factor(db.session, account, **_now_and_who())
    return _done(account, _("Their second factor is reset. They set up another when they sign in next."))


def _account(account_id: int) -> Account:
    return db.session.get(Account, account_id) or abort(404)


def _is_below(account: Account) -> bool:
    return account.role in may_grant(access.signed_in().role)


def _below(account_id: int) -> Account:
    """An account that whoever asks may change: never their own, nor one as high as theirs."""
    account = _account(account_id)
    return account if _is_below(account) else abort(403, NOT_BELOW)


def _invited(account_id: int) -> Account:
    """One who has not come yet."""
    account = _below(account_id)
    return abort(409, _("They have come already.")) if account.password_hash else account


def _invitation_form(**more: Any) -> InvitationForm:
    without = queries.therapists_without_account(db.session)
    return InvitationForm(grantable=may_grant(access.signed_in().role), without_account=without, **more)


def _role_form(**more: Any) -> RoleForm:
    return RoleForm(grantable=may_grant(access.signed_in().role), **more)


def _supervisor_form(trainee: Therapist, **more: Any) -> SupervisorForm:
    return SupervisorForm(possible=queries.possible_supervisors(db.session, trainee), **more)


def _invite(form: InvitationForm) -> Account | None:
    """None where the address has an account, with its sentence in the form."""
    wanted = {"name": form.name.data, "email": form.email.data, "role": form.role.data}
    account = operations.invite(db.session, **wanted, therapist_id=form.therapist_id, **_now_and_who())
    if account is None:
        form.email.errors = [_("Somebody with this address is here already. Look in the list of who works here.")]
    return account


def _now_and_who() -> dict[str, Any]:
    return {"now": clock.now(), "by": access.actor()}


def _done(account: Account, words: str) -> Response:
    db.session.commit()
    flash(words)
    return _to(account)


def _to(account: Account) -> Response:
    return redirect(url_for("office.member", account_id=account.id), 303)


def _member_page(
    account: Account, form: RoleForm, *, supervising: SupervisorForm | None = None, has_errors: bool = False
) -> str:
    trainee = queries.therapist_of(account)
    if trainee and supervising is None:
        supervising = _supervisor_form(trainee, formdata=None, data={"supervisor": str(trainee.supervisor_id or "")})
    lines = queries.changes_of_account(db.session, account.id)
    names = queries.names_of(db.session, [line.actor for line in lines])
    return render_template(
        "office/member.html",
        account=account,
        form=form,
        supervising=supervising,
        has_errors=has_errors or bool(supervising and supervising.errors),
        is_below=_is_below(account),
        until=queries.live_invitations(db.session, now=clock.now()).get(account.id),
        changes=[(line.at, names.get(line.actor), change_words(line)) for line in lines],
        **_words(),
    )


def _words() -> dict[str, Any]:
    """What both pages say of somebody: their role in words, and instants by the clinic's clock."""
    known = programme_or_404()

    def at_clinic(instant: datetime) -> datetime:
        return local(instant, known.location.zone)

    def on(instant: datetime) -> str:
        return f"{day_words(at_clinic(instant))} {at_clinic(instant).year}"

    return {"roles": ROLE_NAMES, "at_clinic": at_clinic, "on": on, "is_demo": known.clinic.demo}
