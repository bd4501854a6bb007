"""The system's file locks: `fcntl`, None on Windows, where SQLite's own waiting is all there is."""

try:
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]

__all__ = ["fcntl"]
