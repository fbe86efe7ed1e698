"""A second opinion on verdicts: slow, plain, written from the documents' text and nothing else.

``county`` says what a county is, ``sources`` what the five documents ask, ``evaluation`` works it
out. None of them imports the program. ``counties`` and ``fixed`` make counties up, ``writing`` puts
one into a real office file, ``comparing`` tells where the program and the oracle part.
"""
