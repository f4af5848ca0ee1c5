"""Tokens, limits, origins, addresses, cookies and headers. Knows no feature."""
