"""The engine: experts, runtimes, scheduler, recruiting and protocols.

It produces events and is handed somewhere to put them; it knows neither pages nor the database.
"""
