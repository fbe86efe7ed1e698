"""学校同步: packages to and from the schools, and what both sides have changed.

On a school's own file the same page is two large buttons: read the county's, write to the county.
"""
