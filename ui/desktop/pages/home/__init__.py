"""工作台: how the office stands, what waits for an answer, what to do next."""
