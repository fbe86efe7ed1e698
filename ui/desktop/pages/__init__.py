"""The pages of the window, one package an area; none knows another.

A page shows what its view model tells it; a view model knows QtCore only.
"""
