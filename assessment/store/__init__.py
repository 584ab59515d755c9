"""The database: tables, migrations, queries that read, writes that write."""
