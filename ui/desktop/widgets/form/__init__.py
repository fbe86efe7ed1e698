"""Forms made from the one description of an entity: no field is described a second time."""
