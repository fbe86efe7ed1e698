"""成长档案: everything the office knows of one teacher, year by year, on one page."""
