"""What differs between databases: connection settings, error classes."""
