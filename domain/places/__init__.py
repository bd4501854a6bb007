"""What may lie in and move between locations and bins."""
