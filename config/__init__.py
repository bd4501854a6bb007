"""Reads a site file, says where it is wrong, plans a change."""
