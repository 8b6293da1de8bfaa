"""Staff, rotas and absences in SQL, and the files they are read from (`docs/rotas.md`)."""
