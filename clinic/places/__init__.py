"""Clinic, its locations and rooms."""
