"""The files that other systems exchange with us: what stands in them, and the same rows as we have them stored."""
