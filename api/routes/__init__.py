"""The routes, one module per resource; each route names its policy in its signature."""
