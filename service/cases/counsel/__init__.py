"""What the staff say to each other about an application: notes, and second opinions. Merchants never see it."""
