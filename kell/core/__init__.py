"""The machinery. Knows no feature."""
