"""The shape of what is entered into the register."""
