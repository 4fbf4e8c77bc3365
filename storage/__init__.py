"""The record: every run's events as they happen, in one SQLite database, and everything read from it.

It is written by `Recorder`, read by `Traces`, and knows neither models nor pages.
"""
