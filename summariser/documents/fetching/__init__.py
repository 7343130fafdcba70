"""How a page comes from the web: which addresses may be reached, over which connection, and what its host allows."""
