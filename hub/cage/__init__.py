"""The glass wall: what the kernel forbids each process, set up by ourselves with ctypes alone.

`python -m hub.cage NAME ...` starts a process isolated; `seal.seal` closes it behind its models
and devices; `escapes.try_all` then tries what must not work.
"""
