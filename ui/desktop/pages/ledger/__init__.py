"""学时登记: the hours and credits of every teacher, entry by entry."""
