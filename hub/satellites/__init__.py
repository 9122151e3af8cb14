"""Microphones and loudspeakers elsewhere: satellites that speak Wyoming.

Each has two processes, which share its connection: `hub.inlet` takes in sound and can send
nothing, `hub.outlet` sends speech and can hear nothing.
"""
