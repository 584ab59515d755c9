"""The pages of teams' own results."""
