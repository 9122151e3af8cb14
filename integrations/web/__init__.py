"""The edge of the local page: HTTP, and who may speak it. What is shown is not known here."""
