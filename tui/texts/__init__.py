"""Everything shown, by language, and the one cleaner of text from outside."""
