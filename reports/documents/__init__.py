"""One paper a module: an input of plain values and ``build(input, …)`` that makes the PDF.

A document decides what stands where. It asks nothing of the database and computes no verdict.

Every ``build`` takes the input first, then ``out``, the file to write; ``fonts`` to set it in;
``progress``, which is told of pages or people and may cancel; ``overwrite``: whether a file of
that name may be replaced. It raises ``UserError`` where the file is there and for what its own
docstring names, ``WorldError`` where the file cannot be written, ``CancelledByUser`` where the
person asked to stop; nothing is left behind then.
"""
