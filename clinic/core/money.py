"""Prices: whole minor units (pence, cents) and a currency. Never a float."""

from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_currency, get_currency_precision


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
