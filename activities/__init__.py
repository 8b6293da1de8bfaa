"""What a workflow may ask for that has an effect: writing the read model, sending a notice."""
