"""The floor dialogues, one module each, and the View they make."""
