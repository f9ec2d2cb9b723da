"""The front door: home, and what reads across capabilities for clients."""
