"""What the pages of the clinic read across the others."""
