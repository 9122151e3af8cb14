"""The home outside: MQTT and Home Assistant. The only package that opens network connections."""
