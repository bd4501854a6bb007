"""The item card, units, variants, blocking."""
