"""考试抽签: who can be drawn, drawn once in public, and the record of it."""
