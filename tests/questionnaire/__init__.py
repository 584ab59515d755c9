"""Tests of the questionnaire: the reader, the linter, hashes, answers, what is shipped."""
