"""The use cases, a few lines each: open a round, submit, close, review, release, report."""
