"""Timers, alarms, reminders and wishes for later: kept through a power cut, rung until stopped."""
