"""The page, the small site, and the report page for the editor."""
