"""What Alembic runs for every command: the migrations, on the connection it is given."""

from alembic import context

from assessment.store.tables import Base

attributes = context.config.attributes
context.configure(
    connection=attributes["connection"],
    target_metadata=Base.metadata,
    on_version_apply=attributes["on_version_apply"],
    render_as_batch=True,
)
context.run_migrations()
