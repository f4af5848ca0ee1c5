"""Every door, thin: who is it, what do they want, how often, one action, an answer."""
