"""Paper in the window: preview of a PDF, printing at actual size, calibration of trays."""
