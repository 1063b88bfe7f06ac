"""A Document in, its Passages (sentences with offsets and the kind of their block) out."""
