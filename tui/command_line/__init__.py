"""What each subcommand of `aisle` does, one module a group. Imported only when that command is typed."""
