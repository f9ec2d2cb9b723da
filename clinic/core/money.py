"""Prices: whole minor units (pence, cents) and a currency. Never a float."""

import re
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_currency, get_currency_precision, get_currency_symbol

MOST = 10**8  # minor units: no treatment costs more, and every database counts so far
AMOUNT = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]+))?")


@dataclass(frozen=True)
class Money:
    minor: int
    currency: str

    def words(self, locale: str = "en_GB") -> str:
        """As printed on a price list: £68, £68.50, ¥6,800."""
        digits = get_currency_precision(self.currency)
        amount = Decimal(self.minor).scaleb(-digits)
        if amount == amount.to_integral_value():
            return format_currency(amount, self.currency, "¤#,##0", locale=locale, currency_digits=False)
        return format_currency(amount, self.currency, locale=locale)

    @property
    def typed(self) -> str:
        """As somebody would type it into a field: 68, or 68.50."""
        digits = get_currency_precision(self.currency)
        amount = Decimal(self.minor).scaleb(-digits)
        return f"{amount:.0f}" if amount == amount.to_integral_value() else f"{amount:.{digits}f}"


def minor_of(typed: str, currency: str) -> int | None:
    """What somebody typed as a price, 68 or £68.50 or 68,50, in minor units; None where it is none."""
    symbol = get_currency_symbol(currency, locale="en_GB")
    bare = re.sub(r"\s", "", typed).removeprefix(symbol).removesuffix(symbol)
    amount, digits = AMOUNT.fullmatch(bare), get_currency_precision(currency)
    whole, part = amount.groups("") if amount else ("", "")
    if not whole or len(part) > digits:  # 1,200 might be either
        return None
    minor = int(whole + part.ljust(digits, "0"))
    return minor if minor <= MOST else None
