"""Orders of customers, vendors and other locations: what they ask for, and the posting of what was shipped."""
