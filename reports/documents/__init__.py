"""One paper a module: an input of plain values and ``build(input, …)`` that makes the PDF.

A document decides what stands where. It asks nothing of the database and computes no verdict.
"""
