"""Writing the same files that import reads."""
