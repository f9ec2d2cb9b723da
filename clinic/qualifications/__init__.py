"""What therapists have learned and are insured for, and who checked it."""
