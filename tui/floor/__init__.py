"""Driver and the one floor screen that paints any View."""
