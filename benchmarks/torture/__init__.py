"""Whether a submission that was acknowledged survives: the server is killed again and again under people who answer."""
