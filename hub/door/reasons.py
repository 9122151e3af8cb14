"""Words in which our own processes give their reasons: the door knows them, so they cost little.

What stands between them, the name of a device say, is paid for by the letter.
"""

from hub.door.text import lexicon

_SENTENCES = """
There is no microphone: plug one in, or name another device.
There is no loudspeaker: plug one in, or name another device.
The microphone cannot be opened (Error opening InputStream: Unanticipated host error): close the
program that uses it.
The loudspeaker cannot be opened (Error opening OutputStream: Device unavailable, Invalid sample
rate, number of channels, PaErrorCode): close the program that uses it.
The microphone has stopped delivering sound: is it unplugged?
The loudspeaker stopped (): is it unplugged?
Recordings are played instead of a microphone. It holds no sound that can be read, is not a sound
file.
Not on the shelf: Run: inglenook models pull default. The model is damaged: it is not the file that
Inglenook knows. The engine needs the package, which is not installed.
senses mouth booth is not sealed: no seccomp filter, no empty network: this system allows no user
namespaces; a thread kept its privileges; descriptor can write a file. So it stays closed.
wyoming.speech cannot listen there: Address already in use. Cannot assign requested address.
Choose whisper base, which knows about a hundred. It can be typed, not spoken. does the language
"""

OWN = lexicon((_SENTENCES,))
