"""Public holidays of a country, or of one part of it, as a library knows them."""

from datetime import date
from typing import Any


def parts_of(country: str) -> dict[str, str]:
    """The parts of a country that have holidays of their own, by code: ENG for England; empty where it has none."""
    known = _country(country)
    names = {code: name for name, code in getattr(known, "subdivisions_aliases", {}).items()}
    return {code: names.get(code, code) for code in getattr(known, "subdivisions", ())}


def public_holidays(country: str, part: str, year: int, language: str) -> list[tuple[date, str]]:
    """The days in order, each with its name, in this language where the library has it. Without a part, those that are
    kept everywhere; none of a country that is not known.
    """
    known = _country(country)
    if known is None:
        return []
    spoken = next((one for one in known.supported_languages if one.startswith(language[:2])), None)
    found = known(years=year, subdiv=part if part in known.subdivisions else None, language=spoken)
    return sorted((day, name) for day, name in found.items() if day.year == year)


def _country(country: str) -> Any:
    import holidays  # heavy, and asked for once a year

    code = country.upper()
    return getattr(holidays, code) if code in holidays.list_supported_countries(include_aliases=False) else None
