"""How fast and how small Kell is, as figures that anyone can repeat: ``make bench``."""
