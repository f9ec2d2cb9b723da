"""What is decided about the clinic itself. Pure: no clock, no database, no words."""
