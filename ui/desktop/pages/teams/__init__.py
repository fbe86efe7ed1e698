"""辅导团队: teams, their people, plans, activities and hours, and where teams are missing."""
