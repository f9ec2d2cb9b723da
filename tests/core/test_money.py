"""Prices as people type them."""

import pytest

from clinic.core.money import Money, minor_of


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("68", "GBP", 6800),
        ("68.50", "GBP", 6850),
        ("68.5", "GBP", 6850),
        ("68,50", "GBP", 6850),
        ("£68.50", "GBP", 6850),
        ("68 €", "EUR", 6800),
        ("0", "GBP", 0),
        ("6800", "JPY", 6800),
        ("6.5", "JPY", None),
        ("68.505", "GBP", None),
        ("1,200", "GBP", None),
        ("-1", "GBP", None),
        ("1e5", "GBP", None),
        ("NaN", "GBP", None),
        ("", "GBP", None),
        ("free", "GBP", None),
        ("999999999", "GBP", None),
    ],
)
def test_a_price_is_read_as_it_is_typed_or_not_at_all(typed, currency, minor):
    assert minor_of(typed, currency) == minor


@pytest.mark.parametrize(("minor", "currency"), [(6800, "GBP"), (6850, "GBP"), (5, "GBP"), (6800, "JPY")])
def test_what_is_shown_in_a_field_is_read_as_the_same(minor, currency):
    assert minor_of(Money(minor, currency).typed, currency) == minor
