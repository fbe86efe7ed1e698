"""What every paper shares: fonts, text setting, page furniture, tables, forms, safe files.

It knows no particular paper, and nothing of teachers, courses or draws.
"""
