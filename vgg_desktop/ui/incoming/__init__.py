"""What is dropped, pasted, linked or handed over, on its way to the session."""
