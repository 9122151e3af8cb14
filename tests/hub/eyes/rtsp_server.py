"""A real RTSP server (GStreamer's), run by the system's Python, which has its bindings.

`/usr/bin/python3 rtsp_server.py PORT FILM [USER PASSWORD]`: serves an H.264 film at /stream.
"""

import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402 - versions come first


def main() -> None:
    port, film, *login = sys.argv[1:]
    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(port)
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(f"( filesrc location={film} ! qtdemux ! rtph264pay name=pay0 pt=96 )")
    if login:
        auth = GstRtspServer.RTSPAuth()
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        token = GstRtspServer.RTSPToken()
        token.set_string("media.factory.role", "owner")
        auth.add_digest(login[0], login[1], token)
        server.set_auth(auth)
        roles = GstRtspServer.RTSPPermissions()
        roles.add_permission_for_role("owner", "media.factory.access", True)
        roles.add_permission_for_role("owner", "media.factory.construct", True)
        factory.set_permissions(roles)
    server.get_mount_points().add_factory("/stream", factory)
    server.attach(None)
    print("ready", flush=True)  # noqa: T201 - for whoever started it
    GLib.MainLoop().run()


main()
