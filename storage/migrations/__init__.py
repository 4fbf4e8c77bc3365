"""How the database came to its present tables: numbered versions, run whenever a database is opened."""
