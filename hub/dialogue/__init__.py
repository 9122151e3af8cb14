"""The conversation's memory: what "it" is, what a yes answers, what can be undone. Pure."""
