"""What clients tell before they are treated, and what follows from it."""
