"""Everything about plans that people do, in every state: each topic has a file of its own."""

from tests.browser import (
    afterwards,
    plans_around,
    plans_builder,
    plans_check_in,
    plans_log,
    plans_offline,
    plans_overrides,
    plans_paper,
    plans_player,
    plans_reminders,
)

TOPICS = (  # played before a stretch is held back; and overridden last, for there no muscle is sound
    plans_around,
    plans_builder,
    plans_player,
    plans_log,
    plans_check_in,
    plans_offline,
    plans_paper,
    plans_reminders,
    plans_overrides,
)
TITLES = {
    "plan to send": "Plan for",
    "what to do now": "What to do now",
    **{state: title for topic in TOPICS for state, title in topic.TITLES.items()},
}
STATES = {
    "plan to send": afterwards.plan_to_send,
    **{state: way for topic in TOPICS for state, way in topic.STATES.items()},
}
