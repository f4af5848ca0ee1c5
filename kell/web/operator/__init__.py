"""The operators' doors: what the panel calls."""
