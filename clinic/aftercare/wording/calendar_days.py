"""Days on a plan."""

from datetime import date

from flask_babel import format_date


def day_and_month(on: date) -> str:
    """21 November"""
    return str(format_date(on, "d MMMM"))


def weekday(on: date) -> str:
    """Mon"""
    return str(format_date(on, "EEE"))


def week() -> list[str]:
    """Mon to Sun"""
    return [weekday(date(2024, 1, day)) for day in range(1, 8)]  # which began on a Monday
