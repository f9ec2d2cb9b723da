"""Whatever needs a person."""
