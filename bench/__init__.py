"""Ratios side by side in one run on generated data; started by ``python3 dev.py bench``."""
