"""The whole hub for an hour, every part of it at work, while what it talks to is killed.

`python -m bench.soak [--minutes 60] [--kills 10] [--json]`. The real `inglenook run` with a
microphone (a null sink of a private PulseAudio, which hears the hub's own replies too), two
cameras, the page with somebody who follows it, MQTT with Rhasspy's topics, Wyoming, recordings for
debugging, sentences of one's own and learned names; a real Home Assistant and a real Mosquitto,
which are each killed (SIGKILL) `--kills` times and stay away for up to some minutes.

Commands come without a pause, spoken and typed, and each is judged by what came of it, as seen from
outside: what Home Assistant was told and how its things are, as its own websocket tells it
(`witnesses.py`), and how the hub answered. What counts as lost, and what is not counted, is said in
`verdicts.py`.
"""
