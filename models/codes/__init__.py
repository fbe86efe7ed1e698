"""National and local code tables with their aliases, read from resources."""
