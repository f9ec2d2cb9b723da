"""Health histories, the check before each visit, and the card that a therapist reads before the client comes in."""
