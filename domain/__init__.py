"""What stock is and what may happen to it: pure Python, Decimals, no I/O."""
