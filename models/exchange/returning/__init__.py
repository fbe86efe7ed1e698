"""Giving back what could not be taken: the sender's own rows, marked and explained."""
