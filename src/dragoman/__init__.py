"""Dragoman reads what states do and say to each other and keeps a sourced record of their relations."""
