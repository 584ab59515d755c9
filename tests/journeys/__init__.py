"""What people do, in a real browser, through the served application."""
