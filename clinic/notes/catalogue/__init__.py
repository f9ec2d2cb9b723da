"""What notes are made with, as the product ships it: each kind is a YAML file, read once and checked."""
