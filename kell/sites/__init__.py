"""Websites that embed the widget."""
