"""The ledger: whom the house talked to and how many bytes it sent, as the kernel counted them.

`announced` hears of connections as Python makes them, `watch` reads their counters (`counters`) and
finds those that nobody announced, `purposes` says what the settings call a destination, `book`
keeps the sums by the hour for 30 days, `report` and `words` tell them. No content is ever seen.
"""
