"""The visitors' doors: what the widget calls."""
