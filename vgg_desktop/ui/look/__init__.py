"""Colours, icons and the plain building blocks of widgets."""
