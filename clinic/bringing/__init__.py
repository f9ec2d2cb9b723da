"""Coming from another system, and leaving: clients and appointments are read from files, and written into them."""
