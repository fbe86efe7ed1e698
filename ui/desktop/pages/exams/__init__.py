"""The exam sampling: frozen list, public draw, record."""
