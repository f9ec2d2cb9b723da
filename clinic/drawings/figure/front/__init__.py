"""The body seen from the front: bones in space, drawn as they look from beyond the feet."""
