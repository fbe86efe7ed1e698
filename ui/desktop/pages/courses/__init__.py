"""培训课程: courses, who takes them, their results, and the hours they bring."""
