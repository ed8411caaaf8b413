"""One invented municipality over two years, built by the acts that people use (docs/demo.md)."""
