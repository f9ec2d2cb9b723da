"""Verbs over consents, their texts, the privacy notice and news. None of them commits."""

from clinic.consent.operations.news import choose_news
from clinic.consent.operations.notice import accept_notice
from clinic.consent.operations.readers import ask_for_news, confirm_news, end_news
from clinic.consent.operations.signing import CONSENT_WITHDRAWN, sign, withdraw
from clinic.consent.operations.texts import approve_text, change_text

__all__ = [
    "CONSENT_WITHDRAWN",
    "accept_notice",
    "approve_text",
    "ask_for_news",
    "change_text",
    "choose_news",
    "confirm_news",
    "end_news",
    "sign",
    "withdraw",
]
