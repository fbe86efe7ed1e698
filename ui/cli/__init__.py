"""The command line: the same use cases as the window, for a terminal and for other programs.

Never imports Qt. Its commands, options, JSON fields and exit codes are a public interface.
"""
