"""Documents assembled from released scores, with their charts and figures."""
