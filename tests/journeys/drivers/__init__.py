"""People at their pages. A journey reads as what they do; how a page is built is known only here."""
