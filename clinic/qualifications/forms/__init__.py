"""The shapes of what is entered in the register."""

from clinic.qualifications.forms.credentials import CredentialForm

__all__ = ["CredentialForm"]
