"""The presets as this clinic wants them: those that come with the house, with its own changes in their place."""

from sqlalchemy import select

from clinic.core.db import AnySession
from clinic.qualifications.models import PresetChange
from clinic.qualifications.presets import Preset, preset_of, shipped


def all_presets(session: AnySession) -> dict[str, Preset]:
    """All of them by code, hidden ones too; the clinic's own come last. One statement."""
    changes = session.scalars(select(PresetChange).order_by(PresetChange.changed_at, PresetChange.code))
    return {**shipped(), **{one.code: preset_of(one.code, one.preset) for one in changes}}
