"""The people who write to us. A visitor is one browser on one site."""
