"""How careful the hub is with what it is asked to do: classes, rules, confirmation. Pure."""
