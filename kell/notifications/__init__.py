"""Whom to tell, when, and how. What is sent is rendered from the database when it is sent."""
