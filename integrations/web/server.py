"""The site served by aiohttp: who asks is looked at first, then what; every answer is guarded."""

import asyncio
import gzip
import hashlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import msgspec
from aiohttp import web

from integrations.web.entrance import Entrance
from integrations.web.limits import Limit
from integrations.web.sessions import LASTS, Sessions
from integrations.web.site import BadRequest, Declined, File, Site

COOKIE = "inglenook"
TOKEN = "X-Inglenook-Token"  # noqa: S105 - the name of a header
_LARGEST = 8_192
"""Bytes of what may be sent."""
_MOST_FOLLOW = 12
"""Streams of news at once."""
_SIGN_OF_LIFE = 15.0
_OPEN = ("", "api/hello", "api/login")
"""What may be had without signing in, beside the files; it tells nothing of the home."""

Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Hello(msgspec.Struct, frozen=True):
    token: str
    signed_in: bool
    has_password: bool
    greeting: dict[str, str]


class Login(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    password: str


class Problem(msgspec.Struct, frozen=True):
    problem: str


class Done(msgspec.Struct, frozen=True):
    done: bool = True


class Server:
    """One site behind one entrance."""

    def __init__(self, site: Site, entrance: Entrance, sessions: Sessions) -> None:
        self._site, self._entrance, self._sessions = site, entrance, sessions
        self._posts = Limit(30, 1.0)
        self._following = 0
        self._ends = False

    def app(self) -> web.Application:
        app = web.Application(middlewares=[self._guard], client_max_size=_LARGEST)
        for path, file in self._site.files.items():
            app.router.add_get(f"/{path}", _served(file))
        app.router.add_get("/api/hello", self._hello)
        app.router.add_get("/api/news", self._news, allow_head=False)
        app.router.add_post("/api/login", self._login)
        app.router.add_post("/api/logout", self._logout)
        for name, show in self._site.shows.items():
            app.router.add_get(f"/api/{name}", _shown(show))
        for name, do in self._site.does.items():
            app.router.add_post(f"/api/{name}", _done(do))
        app.on_response_prepare.append(self._harden)
        app.on_shutdown.append(self._end)
        return app

    async def _harden(self, _request: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(self._entrance.headers)
        response.headers.setdefault("Cache-Control", "no-store")

    async def _end(self, _app: web.Application) -> None:
        """Streams of news end by themselves, or the hub would wait for those who look."""
        self._ends = True

    @web.middleware
    async def _guard(self, request: web.Request, handler: Answering) -> web.StreamResponse:
        if not self._entrance.lets_in(request.remote, request.host):
            return _problem(403, "This address is not one of the hub's.")
        try:
            if refusal := self._refusal(request):
                return refusal
            return await handler(request)
        except BadRequest as error:
            return _problem(400, str(error))
        except Declined as error:
            return _problem(409, str(error))
        except web.HTTPException as error:
            return _problem(error.status, error.reason)

    def _refusal(self, request: web.Request) -> web.Response | None:
        path, now = request.path.lstrip("/"), time.monotonic()
        changes = request.method not in ("GET", "HEAD")
        if changes and (refusal := self._not_from_here(request)):
            return refusal
        is_open = path in _OPEN or path in self._site.files
        if not is_open and not self._sessions.may(request.cookies.get(COOKIE), now):
            return _problem(401, "Sign in first.")
        # Attempts to sign in have a limit of their own, and take nothing from who is signed in.
        if changes and not is_open and not self._posts.take(now):
            return _problem(429, "That was too much at once. Wait a moment.")
        return None

    def _not_from_here(self, request: web.Request) -> web.Response | None:
        origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
        is_ours = self._entrance.is_ours(origin, site, request.host)
        if not is_ours or not self._sessions.has_token(request.headers.get(TOKEN)):
            return _problem(403, "That did not come from this page.")
        if request.content_type != "application/json":
            return _problem(415, "Only JSON is taken.")
        return None

    async def _hello(self, request: web.Request) -> web.Response:
        signed_in = self._sessions.may(request.cookies.get(COOKIE), time.monotonic())
        has_password = self._sessions.password is not None
        greeting = dict(self._site.greeting)
        return _json(Hello(self._sessions.token, signed_in, has_password, greeting))

    async def _login(self, request: web.Request) -> web.Response:
        now = time.monotonic()
        if not self._sessions.attempts.take(now):
            return _problem(429, "Too many attempts. Wait half a minute.")
        given = _decoded(await request.read())
        session = self._sessions.sign_in(given.password, now)
        if session is None:
            return _problem(403, "That is not the password.")
        answer = _json(Done())
        # Not Secure: the page itself speaks plain HTTP.
        life = int(LASTS)
        answer.set_cookie(COOKIE, session, max_age=life, httponly=True, samesite="Strict")
        return answer

    async def _logout(self, request: web.Request) -> web.Response:
        self._sessions.sign_out(request.cookies.get(COOKIE))
        answer = _json(Done())
        answer.del_cookie(COOKIE)
        return answer

    async def _news(self, request: web.Request) -> web.StreamResponse:
        if self._following >= _MOST_FOLLOW:
            return _problem(429, "Too many pages are open.")
        answer = web.StreamResponse(headers={"X-Accel-Buffering": "no"})
        answer.content_type = "text/event-stream"
        self._following += 1
        try:
            await answer.prepare(request)
            await self._follow(request, answer)
        except ConnectionError:
            pass  # nobody looks any more
        finally:
            self._following -= 1
        return answer

    async def _follow(self, request: web.Request, answer: web.StreamResponse) -> None:
        session, said = request.cookies.get(COOKIE), time.monotonic()
        async for news in self._site.follow():
            now = time.monotonic()
            gone = request.transport is None or request.transport.is_closing()
            if self._ends or gone or not self._sessions.may(session, now):
                return
            if news is not None:
                line = b"event: %b\ndata: %b\n\n" % (news.about.encode(), news.json)
                await answer.write(line)
                said = now
            elif now - said >= _SIGN_OF_LIFE:
                await answer.write(b": still here\n\n")
                said = now


@asynccontextmanager
async def served(app: web.Application, host: str, port: int) -> AsyncIterator[None]:
    """Raises OSError where the address cannot be had."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield
    finally:
        await runner.cleanup()


def _served(file: File) -> Answering:
    mark = f'"{hashlib.sha256(file.content).hexdigest()[:24]}"'
    packed = gzip.compress(file.content, mtime=0)

    async def answer(request: web.Request) -> web.Response:
        headers = {"ETag": mark, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
        if request.headers.get("If-None-Match") == mark:
            return web.Response(status=304, headers=headers)
        content = file.content
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            content, headers["Content-Encoding"] = packed, "gzip"
        return web.Response(body=content, content_type=file.kind, charset="utf-8", headers=headers)

    return answer


def _shown(show: Callable[[], Awaitable[msgspec.Struct]]) -> Answering:
    async def answer(_request: web.Request) -> web.Response:
        return _json(await show())

    return answer


def _done(do: Callable[[bytes], Awaitable[msgspec.Struct]]) -> Answering:
    async def answer(request: web.Request) -> web.Response:
        # What was begun is finished, also where the page is closed meanwhile.
        return _json(await asyncio.shield(asyncio.ensure_future(do(await request.read()))))

    return answer


def _decoded(body: bytes) -> Login:
    try:
        return msgspec.json.decode(body, type=Login)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadRequest("That is no password.") from error


def _json(told: msgspec.Struct, status: int = 200) -> web.Response:
    body = msgspec.json.encode(told)
    return web.Response(body=body, status=status, content_type="application/json")


def _problem(status: int, words: str) -> web.Response:
    return _json(Problem(words), status)
