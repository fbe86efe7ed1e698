"""达标: who has met the demands and who has not, by requirement, school and teacher, and why."""
