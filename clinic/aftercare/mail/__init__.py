"""Mails about plans: links, and nothing of what stands behind them."""

from clinic.aftercare.mail import check_ins, plans, reminders, work

COMPOSERS = {
    **check_ins.COMPOSERS,
    **plans.COMPOSERS,
    **reminders.COMPOSERS,
    **work.COMPOSERS,
}

__all__ = ["COMPOSERS"]
