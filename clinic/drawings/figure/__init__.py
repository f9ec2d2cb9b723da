"""People doing exercises, drawn from their joint angles."""
