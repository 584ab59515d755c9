"""Jobs in the background: what waits, who does it, what is left of it."""
