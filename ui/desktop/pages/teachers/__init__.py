"""教师: the register as a list with a card beside it, and the forms that change it."""
