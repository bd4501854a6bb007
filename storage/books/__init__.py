"""The domain's Protocols over compiled SQL, one module a subject."""
