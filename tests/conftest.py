"""What holds for every test."""

from hypothesis import settings

settings.register_profile("aisle", deadline=None)  # a test says what must come out, never how fast
settings.load_profile("aisle")
