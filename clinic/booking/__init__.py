"""Times: when therapists work, what is taken, what is free, and appointments."""
