"""Operators, teams, roles, passwords, sessions."""
