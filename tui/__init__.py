"""The terminal: session, jobs, screens, the command line."""
