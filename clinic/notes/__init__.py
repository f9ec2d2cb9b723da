"""Treatment notes: written as drafts, signed once, amended beside, never edited."""
