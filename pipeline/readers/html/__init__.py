"""HTML as blogs publish it: saved pages, and the bodies that feeds and exports carry."""
