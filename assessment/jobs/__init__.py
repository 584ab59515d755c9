"""What is done in the background: jobs wait in a queue of Huey's, and one worker does them.

A job is a name and plain arguments, kept as JSON until it is done. `desk` is where pages and commands hand jobs in,
`working` is the worker, `beside` keeps one beside the server.
"""
