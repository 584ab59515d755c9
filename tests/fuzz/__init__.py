"""Fuzzing: what `make fuzz` runs. The tests' own tools are not there, and pytest finds nothing here."""
