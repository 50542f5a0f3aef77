"""The record for people: as text in the terminal and as a page."""
