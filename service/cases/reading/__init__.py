"""Reading: what a machine reads on the documents, to pre-fill and to point at; it never decides anything."""
