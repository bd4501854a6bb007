"""What an increase is worth and what a decrease costs."""
