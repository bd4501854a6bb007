"""Reserved quantity and availability."""
