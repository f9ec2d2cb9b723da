"""Whom to invite, and as what."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField, StringField, ValidationError
from wtforms.validators import DataRequired, InputRequired

from clinic.core.fields import mail_address, persons_name
from clinic.core.forms import Form, at_most
from clinic.people.models import Therapist

ROLE_NAMES = {"therapist": _l("Therapist"), "reception": _l("Reception"), "owner": _l("Owner")}
ROLE_WORDS = {
    "therapist": _l("Therapist: their own days, and the records of whom they treat"),
    "reception": _l("Reception: everybody's bookings, and never why somebody comes"),
}
NEW = "new"


class RoleForm(Form):
    """As what. Only roles below one's own are there to choose."""

    role = RadioField(_l("What they do here"), [InputRequired(_l("Choose what they do here."))], validate_choice=False)

    def __init__(self, *args: Any, grantable: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = [SelectChoice(role, ROLE_WORDS[role]) for role in grantable]

    def validate_role(self, field: RadioField) -> None:
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(_l("Choose what they do here."))


class SupervisorForm(Form):
    """Who signs a therapist's notes as well; nobody for most."""

    supervisor = SelectField(
        _l("Co-signs their notes"),
        description=_l(
            "For a trainee. Each note they sign then waits for this person, who may read that client's record."
        ),
        validate_choice=False,
    )

    def __init__(self, *args: Any, possible: Iterable[Therapist], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [SelectChoice(str(one.id), one.name) for one in possible]
        self.supervisor.choices = [SelectChoice("", _l("Nobody: they sign alone")), *known]

    def validate_supervisor(self, field: SelectField) -> None:
        if (field.data or "") not in {choice.value for choice in field.choices}:
            raise ValidationError(_l("Choose one of these."))

    @property
    def supervisor_id(self) -> int | None:
        return int(self.supervisor.data) if self.supervisor.data else None


class InvitationForm(RoleForm):
    """Whom, and for a therapist which: a new one, or one who is in the diary and has no account."""

    name = StringField(_l("Name"), [DataRequired(_l("Enter their name.")), at_most(120), persons_name])
    email = StringField(
        _l("Email"),
        [DataRequired(_l("Enter their email address: the invitation goes there.")), at_most(254), mail_address],
    )
    therapist = SelectField(_l("For a therapist: in the diary as"), validate_choice=False)

    def __init__(self, *args: Any, without_account: Iterable[Therapist], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [SelectChoice(str(one.id), one.name) for one in without_account]
        self.therapist.choices = [SelectChoice(NEW, _l("Somebody new")), *known]

    def validate_therapist(self, field: SelectField) -> None:
        if (field.data or NEW) not in {choice.value for choice in field.choices}:
            raise ValidationError(_l("Choose one of these."))

    @property
    def therapist_id(self) -> int | None:
        """The therapist who gets this account; None for a new one."""
        return None if self.therapist.data in {None, NEW} else int(self.therapist.data)
