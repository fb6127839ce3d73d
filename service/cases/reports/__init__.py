"""How the desk does: figures that are counted from the audit trail, shown as charts and as tables."""
