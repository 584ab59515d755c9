"""A file becomes a Questionnaire."""
