"""How fast it is, as shares of a floor taken in the same run: make bench."""
