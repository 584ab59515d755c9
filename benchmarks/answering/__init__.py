"""How fast people are served who answer: against a bare page, against a plain form, and many at once."""
