"""Running the clinic: what is offered, where, when and by whom, for the owner and reception."""
