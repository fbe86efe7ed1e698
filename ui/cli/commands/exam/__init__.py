"""``exam …``: setting up exams, the draw, the exam day, scores and results."""
