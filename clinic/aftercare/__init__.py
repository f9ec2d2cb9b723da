"""Take-home plans: what a client does between visits, and how it went."""
