"""Runs Windows' own Python, program and installer on Debian, under Wine."""
