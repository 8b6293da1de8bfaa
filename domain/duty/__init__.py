"""Who is on duty: posts on rotas, the shifts that fill them, absence and who covers it."""
