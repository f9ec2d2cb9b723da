"""Letters about a client to others who treat them, and the directory of those others."""
