"""Files of other tools become questionnaire files; what cannot be carried over is said, line by line."""
