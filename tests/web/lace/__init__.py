"""The LACE's pages."""
