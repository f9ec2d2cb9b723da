"""The shapes of what is entered in the register."""

from clinic.qualifications.forms.credentials import CredentialForm, page_of_register

__all__ = ["CredentialForm", "page_of_register"]
