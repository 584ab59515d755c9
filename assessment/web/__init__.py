"""The pages: blueprints by audience, and who may use them."""
