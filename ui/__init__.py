"""Everything that talks to a person: the window and the command line, over the same use cases."""
