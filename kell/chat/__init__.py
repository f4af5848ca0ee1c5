"""Conversations and messages: the heart of the house."""
