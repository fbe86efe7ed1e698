"""Tutoring teams (学科辅导团队, 版主, 工作坊, 名师工作室, 基地校合作体) and what they do."""
