"""What is measured beside the tests, which never look at a clock."""
