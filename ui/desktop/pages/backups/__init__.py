"""备份与恢复: copies of the data, looking into one, and putting it in the place of the present."""
