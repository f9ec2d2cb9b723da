"""The one place that reads the clock. Everything else is told what time it is."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)
