"""Runs the command line as `python -m dragoman.cli`."""

from dragoman.cli import main

main()
