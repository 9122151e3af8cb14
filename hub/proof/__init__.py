"""The owner's proof: the hub in a network of its own, with every packet judged.

`enclosure` makes a world that vanishes with its processes; `network` and `capture` are the wires
in it; `stage` plays one run; `judge` (pure) says what was wrong; `runs` lists what must hold and
what must be caught.
"""
