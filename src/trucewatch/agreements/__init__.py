"""Agreements as data, and what was reported held against them: findings, contacts, promises, presence."""
