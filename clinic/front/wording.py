"""Words of the clinic's public pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from clinic.core.templating import language
from clinic.qualifications.queries import Entry
from clinic.qualifications.wording import ACTIVITIES, KINDS, METHODS, RELATIONS, on

GENDERS = {"woman": _l("A woman"), "man": _l("A man")}


@dataclass(frozen=True)
class CredentialWords:
    """A checked credential as clients read it."""

    kind: str
    title: str
    facts: list[str]
    body: str
    until: str
    until_on: str
    checked: str
    register_url: str


def credential_words(entry: Entry) -> CredentialWords:
    """What it is, until when it is good, and how, when and by whom it was checked. Never a number of it."""
    row = entry.row
    return CredentialWords(
        kind=str(KINDS[row.kind][0]),
        title=row.title,
        facts=_facts(entry),
        body=row.body,
        until=on(row.expires_on) if row.expires_on else "",
        until_on=row.expires_on.isoformat() if row.expires_on else "",
        checked=_checked(entry),
        register_url=row.register_url if row.register_url.startswith("https://") else "",
    )


def _facts(entry: Entry) -> list[str]:
    row, check = entry.row, entry.check
    facts = [_("%(framework)s level %(level)s", framework=row.framework, level=row.level)] if row.level else []
    if check and check.meets_level and (row.framework, row.level) != ("RQF", check.meets_level):
        facts.append(_("counts as level %(level)s", level=check.meets_level))
    if row.jurisdiction:
        facts.append(row.jurisdiction)
    if row.kind == "insurance" and row.activities:
        named = ", ".join(str(ACTIVITIES.get(one, one)).lower() for one in row.activities)
        facts.append(_("covers %(activities)s", activities=named))
    return [str(one) for one in facts]


def _checked(entry: Entry) -> str:
    check = entry.check
    assert check is not None  # nothing counts that nobody has checked
    assert entry.checked_on is not None
    told = {"day": on(entry.checked_on), "how": METHODS[check.method]}
    if check.checker is None:
        return str(_("Checked by the clinic on %(day)s: %(how)s.", **told))
    who = {"name": check.checker.name, "relation": RELATIONS[check.checker.relation]}
    return str(_("Checked from outside the clinic by %(name)s, %(relation)s, on %(day)s: %(how)s.", **told, **who))


def languages(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Each with its name."""
    names = language_names(language())
    return [(code, names[code]) for code in codes if code in names]


@lru_cache
def language_names(locale: str) -> dict[str, str]:
    """What languages are called, by code; without those of one country."""
    return {code: name for code, name in Locale.parse(locale).languages.items() if code.isalpha()}
