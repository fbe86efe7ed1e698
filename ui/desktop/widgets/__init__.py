"""The window's building blocks: they know how things look and are used, and no room of the office.

The one exception is the description of entities, from which forms and columns are made.
"""
