"""What the clinic does, and what each treatment needs."""
