"""Opens an office's file and wires everything; the only place that does.

Knows every room below and is known by the faces of the program alone.
"""
