"""Reading a scanned text and finding what it means."""
