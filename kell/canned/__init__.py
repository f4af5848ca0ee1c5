"""Replies that operators keep ready: their own, their team's, everybody's."""
