"""The jobs' commands: counting, adjusting, opening stock."""
