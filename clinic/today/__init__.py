"""The staff's day: who comes, when, where, and what to do. Reads across capabilities."""
