"""Mail that is due: written with what caused it, sent by the worker."""
