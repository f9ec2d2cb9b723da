"""Accounts, clients and therapists."""
