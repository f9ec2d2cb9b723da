"""Reads of consents, their texts, the privacy notice and news."""

from clinic.consent.queries.consents import (
    Words,
    consent_of,
    consent_states,
    consents_of,
    document_of,
    latest_text,
    release_consent,
    states_by_treatment,
    texts_of,
    treatments_of,
    visits_of,
    words_for,
)
from clinic.consent.queries.notice import acceptances_of, accepted_by, wants_news, who_want_news
from clinic.consent.queries.readers import news_readers

__all__ = [
    "Words",
    "acceptances_of",
    "accepted_by",
    "consent_of",
    "consent_states",
    "consents_of",
    "document_of",
    "latest_text",
    "news_readers",
    "release_consent",
    "states_by_treatment",
    "texts_of",
    "treatments_of",
    "visits_of",
    "wants_news",
    "who_want_news",
    "words_for",
]
