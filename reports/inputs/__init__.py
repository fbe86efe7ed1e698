"""What the office knows, put into the words that papers and workbooks are made of; only reads."""
