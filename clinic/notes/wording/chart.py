"""The body chart of a note in words: the same that its pictures show."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from clinic.drawings import wording as drawings
from clinic.notes.rules import Content, NoteMark, Treated
from clinic.notes.rules.chart import change_of

TECHNIQUES = {
    "slow_pressure": _l("slow pressure"),
    "stretch_under_pressure": _l("stretch under pressure"),
    "kneading": _l("kneading"),
    "friction": _l("friction"),
    "trigger_point": _l("trigger-point pressure"),
    "muscle_energy": _l("muscle energy"),
    "mobilising": _l("mobilising"),
    "other": _l("other"),
}
EARLY_REGIONS = {"neck_and_shoulder": _l("Neck and shoulder")}


def place(name: str) -> str:
    """`low_back/left` in words; also the places that only early notes have."""
    region, side = name.split("/")
    return f"{EARLY_REGIONS[region]}, {drawings.SIDES[side]}" if region in EARLY_REGIONS else drawings.place(name)


def mark(one: NoteMark) -> str:
    """Front of hip, right: dull or aching, 6 on arrival, 2 at the end (4 lower than on arrival)."""
    return _line(one.place, [str(drawings.KINDS[one.kind]) if one.kind else "", _arrival(one), _end(one)])


def treated(one: Treated) -> str:
    """Low back, left: slow pressure, 10 minutes, pressure 5 of 10."""
    return _line(
        one.place,
        [
            str(TECHNIQUES[one.technique]) if one.technique else "",
            "" if one.minutes is None else _("%(count)d minutes", count=one.minutes),
            "" if one.pressure is None else _("pressure %(number)d of 10", number=one.pressure),
        ],
    )


def lines(content: Content) -> list[str]:
    """The whole chart, a line for each place that hurts or was treated."""
    return [*map(mark, content.marks), *(_("Treated: %(place)s", place=treated(one)) for one in content.treated)]


def _line(where: str, said: Sequence[str]) -> str:
    words = ", ".join(filter(None, said))
    return f"{place(where)}: {words}" if words else place(where)


def _arrival(one: NoteMark) -> str:
    return "" if one.before is None else str(_("%(pain)d on arrival", pain=one.before))


def _end(one: NoteMark) -> str:
    if one.after is None:
        return ""
    at_end, change = _("%(pain)d at the end", pain=one.after), change_of(one)
    return str(at_end) if change is None else f"{at_end} ({_changed(change)})"


def _changed(change: int) -> str:
    if change == 0:
        return str(_("as on arrival"))
    if change < 0:
        return str(_("%(count)d lower than on arrival", count=-change))
    return str(_("%(count)d higher than on arrival", count=change))
