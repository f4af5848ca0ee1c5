"""Finding conversations by what was said in them and by whom."""
