"""What is done to the clinic itself. The caller commits."""
