#!/usr/bin/env python3
"""A small client of a Parley node: one file, Python 3.9 or newer, nothing but the standard library.

At a terminal (--help says what one can type):

    python3 parley.py --ca target/dev/tls/server.crt --user 10001

In a script:

    async def main():
        async with Client("localhost", 7443, "10001", password="123456", ca="target/dev/tls/server.crt",
                          on_message=lambda message: print(message["chat_content"])) as client:
            print(await client.send("10002", "hello"))

    asyncio.run(main())

The protocol is explained in src/site/markdown/protocol.md. Here come first frames, then the client, then the terminal.
"""

import argparse
import asyncio
import collections
import getpass
import json
import random
import re
import ssl
import struct
import sys
import threading
import time
import uuid

HEADER = struct.Struct(">iii")  # length, version, and which command or event
MAX_COMMAND = 65_536  # the bound of a node by default: a larger frame would cost the connection, again and again
MAX_EVENT = 17 * 1024 * 1024  # more than the largest bound that a node can have

VERIFY, SINGLE, GROUP, BROADCAST, LOGOUT, PING, ACK, JOIN, LEAVE, SAY = range(1, 11)
LOOK, ONLINE, GROUP_CREATE, GROUP_CHANGE, GROUP_LIST = range(11, 16)
VERIFIED, BYE, GROUP_CREATED, RECEIPT, ERROR = 101, 105, 113, 120, 199
MESSAGES = {102, 103, 104, 110}  # to one, to several, to everybody, in a room

LOGIN_FINAL = {"bad_credentials", "forbidden", "bad_content", "bad_frame", "frame_too_large", "bad_version"}
BYE_FINAL = {"logout", "kicked", "revoked", "protocol_error"}

SHORTEST_WAIT, LONGEST_WAIT = 0.1, 30  # seconds until the next try to connect
CONNECT_TIMEOUT, LOGIN_TIMEOUT, LOGOUT_TIMEOUT = 10, 25, 5  # seconds
WINDOW = 100  # sends on the wire without a receipt; a node stops reading at 128
MAX_UNANSWERED = 1_024  # sends without a receipt in all
REMEMBERED = 8_192  # messages that are recognised when they come again


class ProtocolError(Exception):
    """The other side does not speak the protocol: nothing that follows can be trusted."""

    def __init__(self, error, detail):
        super().__init__(f"{error}: {detail}")
        self.error = error


class Refused(Exception):
    """The node said no to a login or a question (of a message, the receipt says so), or ended the session: bye."""

    def __init__(self, content, final=()):
        self.code = content.get("reason") or content.get("error")
        super().__init__(f"{self.code}: {content.get('detail', 'the node ended the session')}")
        self.retry_after_ms = content.get("retry_after_ms", 0)
        self.is_final = self.code in final  # another try would end the same, or push somebody else out


class HandlerFailed(Exception):
    """One of this program's own handlers raised; the cause is with it. This ends the client."""


class Content(dict):
    """The fields of a frame; a node that leaves out one that must be there does not speak the protocol."""

    def __missing__(self, name):
        raise ProtocolError("bad_content", f"{name} is missing")


def encode(command, content=None, version=1):
    """The bytes of one frame."""
    body = b"" if content is None else json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return HEADER.pack(HEADER.size + len(body), version, command) + body


def parse(body):
    if not body:
        return Content()
    try:
        content = json.loads(body.decode(), parse_constant=lambda name: float(f"no {name} in JSON"))
    except (ValueError, RecursionError):  # bad UTF-8 is a ValueError too
        raise ProtocolError("bad_content", "content is not JSON in UTF-8") from None
    if not isinstance(content, dict):
        raise ProtocolError("bad_content", "content is not an object")
    return Content(content)


class Frames:
    """Cuts the bytes of one connection into frames, in whatever pieces they arrive."""

    def __init__(self, max_frame=MAX_EVENT):
        self._max_frame = max_frame
        self._rest = bytearray()
        self._version = None

    def feed(self, data):
        """Yields (version, id, content) of each frame that is complete now."""
        self._rest += data
        while len(self._rest) >= 4:
            length = int.from_bytes(self._rest[:4], "big", signed=True)
            if length < HEADER.size:
                raise ProtocolError("bad_frame", f"a length of {length}")
            if length > self._max_frame:
                raise ProtocolError("frame_too_large", f"a length of {length}")
            if len(self._rest) < length:
                return
            _, version, which = HEADER.unpack_from(self._rest)
            if version not in (0, 1) or self._version not in (None, version):
                raise ProtocolError("bad_version", f"version {version}")
            self._version = version
            body = bytes(self._rest[HEADER.size:length])
            del self._rest[:length]
            yield version, which, parse(body)


class Client:
    """One account's connection to a node, which comes back by itself when it is lost.

    Handlers are plain functions, called on the event loop, which they must not hold up:
    on_message(message) with the fields of 102, 103, 104 and 110; each message comes once. Only when it has returned
        is the message acknowledged. When it raises, the client ends, and the message stays at the node.
    on_event(id, content) with everything else that nobody has asked for, such as who enters a room.
    on_state(text) with what becomes of the connection, for people.
    """

    def __init__(self, host, port, user, password=None, token=None, ca=None,
                 on_message=lambda message: None, on_event=lambda event, content: None, on_state=lambda text: None):
        self._host, self._port = host, port
        self._user, self._password, self._token = user, password, token
        self._tls = ssl.create_default_context(cafile=ca)  # verifies the certificate and the host name
        self._on_message, self._on_event, self._on_state = on_message, on_event, on_state
        self._writer = None  # while logged in
        self._life = None  # the task that keeps us connected
        self._leaving = False
        self._heard = False  # anything since the last ping
        self._written = {}  # client_id: (frame, future), on the wire of this connection
        self._unwritten = {}  # the same, not yet on it
        self._questions = {}  # command: (content, future), at most one of each on the wire
        self._turns = collections.defaultdict(asyncio.Lock)  # whose question of a kind is next
        self._seen = {}  # (chat_from, client_id), the oldest first
        self.rooms = {}  # the names of those that we are in, and will be in again after a reconnect

    async def __aenter__(self):
        await self.connect()
        return self

    async def __aexit__(self, *_):
        await self.logout()

    async def connect(self):
        """Connects and logs in. Raises what went wrong; only after a first success does the client try again."""
        self._first = asyncio.get_running_loop().create_future()
        self._life = asyncio.ensure_future(self._live())
        self._life.add_done_callback(self._ended)
        return await self._first

    async def ended(self):
        """Waits until the client has ended, and raises why, unless we have logged out."""
        await asyncio.shield(self._life)

    async def logout(self):
        """Leaves the node. Sends without a receipt fail."""
        self._leaving = True
        if self._writer:
            self._writer.write(encode(LOGOUT))
            await asyncio.wait({self._life}, timeout=LOGOUT_TIMEOUT)
        self._life.cancel()
        await asyncio.wait({self._life})

    # Each of these gives a future of the receipt, a dict; its status says what became of the message.

    def send(self, to, text):
        """To one account, or to a list of them."""
        return self._send(SINGLE if isinstance(to, str) else GROUP, {"chat_to": to, "chat_content": text})

    def send_group(self, group, text):
        return self._send(GROUP, {"group": group, "chat_content": text})

    def broadcast(self, text):
        return self._send(BROADCAST, {"chat_content": text})

    def say(self, room, text):
        return self._send(SAY, {"room": room, "chat_content": text})

    def create_group(self, name, members):
        return self._send(GROUP_CREATE, {"name": name, "members": members})

    # Each of these returns the content of the answer, or raises Refused, or ConnectionError when that is lost first.

    async def join(self, room):
        answer = await self._ask(JOIN, {"room": room})
        self.rooms[room] = None
        return answer

    async def leave(self, room):
        self.rooms.pop(room, None)
        return await self._ask(LEAVE, {"room": room})

    async def look(self, room=None):
        return await self._ask(LOOK, {"room": room} if room else {})

    async def online(self, users):
        return await self._ask(ONLINE, {"user_ids": users})

    async def change_group(self, group, add=(), remove=()):
        return await self._ask(GROUP_CHANGE, {"group": group, "add": list(add), "remove": list(remove)})

    async def groups(self):
        return await self._ask(GROUP_LIST, None)

    def _send(self, command, content):
        client_id = str(uuid.uuid4())
        frame = encode(command, {"client_id": client_id, **content})
        if len(frame) > MAX_COMMAND:
            raise ValueError(f"the message is larger than {MAX_COMMAND} bytes")
        if len(self._written) + len(self._unwritten) >= MAX_UNANSWERED:
            raise ValueError(f"{MAX_UNANSWERED} messages have no receipt yet")
        if not self._life or self._life.done():
            raise ConnectionError("the client is not there (any more)")
        receipt = asyncio.get_running_loop().create_future()
        self._unwritten[client_id] = (frame, receipt)
        self._write_some()
        return receipt

    def _write_some(self):
        while self._writer and self._unwritten and len(self._written) < WINDOW:
            client_id = next(iter(self._unwritten))
            self._written[client_id] = self._unwritten.pop(client_id)
            self._writer.write(self._written[client_id][0])

    async def _ask(self, command, content):
        async with self._turns[command]:
            if not self._writer:
                raise ConnectionError("not connected at the moment")
            answer = asyncio.get_running_loop().create_future()
            self._questions[command] = (content, answer)
            self._writer.write(encode(command, content))
            return await answer

    async def _live(self):
        limit = SHORTEST_WAIT
        while True:
            began = time.monotonic()
            try:
                await self._session()
            except (OSError, asyncio.TimeoutError, ProtocolError, Refused) as why:
                if self._leaving:
                    return
                if not self._first.done() or getattr(why, "is_final", False):
                    raise
                if time.monotonic() - began > LONGEST_WAIT:
                    limit = SHORTEST_WAIT
                limit = min(LONGEST_WAIT, 2 * limit)
                wait = max(random.uniform(SHORTEST_WAIT, limit), getattr(why, "retry_after_ms", 0) / 1000)
                self._call(self._on_state, f"connection lost ({why or 'no answer'}); next try in {wait:.1f} s")
            await asyncio.sleep(wait)

    async def _session(self):
        """One connection, to its end, which is always an exception."""
        reader, writer = await asyncio.wait_for(
            asyncio.open_connection(self._host, self._port, ssl=self._tls), CONNECT_TIMEOUT)
        frames, pinging = Frames(), None
        try:
            self._verify(writer)
            while True:
                data = await (reader.read(65_536) if pinging else asyncio.wait_for(reader.read(65_536), LOGIN_TIMEOUT))
                if not data:
                    raise ConnectionError("the connection was closed")
                self._heard = True
                seq = 0
                try:
                    for _, event, content in frames.feed(data):
                        if event == VERIFIED and not pinging and self._is_verified(writer, content):
                            pinging = asyncio.ensure_future(self._ping(writer, content["heartbeat_s"]))
                        seq = self._take(event, content) or seq
                finally:
                    if seq:  # once for all that was read
                        writer.write(encode(ACK, {"seq": seq}))
        finally:
            if pinging:
                pinging.cancel()
            self._disconnected()
            writer.transport.abort()

    def _verify(self, writer):
        """With the token, if there is one: it costs the node no password hash."""
        proof = {"token": self._token} if self._token else {"password": self._password} if self._password else {}
        writer.write(encode(VERIFY, {"user_id": self._user, **proof}))

    def _is_verified(self, writer, content):
        if content.get("code") != 1:
            if content.get("error") == "bad_credentials" and self._token and self._password:
                self._token = None  # it may have expired
                self._verify(writer)
                return False
            raise Refused(content, LOGIN_FINAL)
        self._user, self._token = content["user_id"], content.get("token", self._token)
        self._writer = writer
        for room in self.rooms:
            writer.write(encode(JOIN, {"room": room}))
        self._unwritten, self._written = {**self._written, **self._unwritten}, {}
        self._write_some()
        self._call(self._on_state, f"connected as {content['user_name']} ({self._user}); waiting: {content['waiting']}")
        if not self._first.done():
            self._first.set_result(content)
        return True

    async def _ping(self, writer, seconds):
        while seconds:
            self._heard = False
            writer.write(encode(PING))
            await asyncio.sleep(seconds)
            if not self._heard:
                writer.transport.abort()

    def _take(self, event, content):
        """Handles one event; returns its seq when it is a delivery that is now safe with us."""
        if event in MESSAGES and not self._leaving:  # when we leave, what comes stays at the node
            key = (content["chat_from"], content["client_id"])
            if key not in self._seen:
                self._call(self._on_message, dict(content))
                remember(self._seen, key)
            return content.get("seq")
        if event in (RECEIPT, GROUP_CREATED):
            self._answer(content)
        elif event == ERROR:
            self._failed(content)
        elif event == BYE:
            raise Refused(content, BYE_FINAL)
        elif event not in MESSAGES and event != VERIFIED and not self._answers_question(event, content):
            self._call(self._on_event, event, content)

    def _answer(self, receipt):
        _, waiting = self._written.pop(receipt["client_id"], (None, None))
        self._write_some()
        if waiting and not waiting.done():
            waiting.set_result(receipt)

    def _failed(self, content):
        """An error about a message is its receipt, one about a question its answer."""
        if not self._writer:
            raise Refused(content, LOGIN_FINAL)  # about our login
        _, question = self._questions.pop(content.get("command"), (None, None))
        if "client_id" in content:
            self._answer({**content, "status": "refused"})
        elif question and not question.done():
            question.set_exception(Refused(content))
        else:
            self._call(self._on_event, ERROR, content)

    def _answers_question(self, event, content):
        """The answer to command N is event 100 + N; somebody else's coming and going looks like that, too."""
        asked, answer = self._questions.get(event - 100, (None, None))
        if answer is None or event - 100 in (JOIN, LEAVE) and (content["user_id"], content["room"]) != (
                self._user, asked["room"]):
            return False
        del self._questions[event - 100]
        if not answer.done():
            answer.set_result(content)
        return True

    def _call(self, handler, *arguments):
        try:
            handler(*arguments)
        except Exception as why:
            raise HandlerFailed(f"{type(why).__name__}: {why}") from why

    def _disconnected(self):
        self._writer = None
        for _, answer in self._questions.values():
            fail(answer, ConnectionError("the connection was lost"))
        self._questions.clear()

    def _ended(self, life):
        why = ConnectionError("logged out") if life.cancelled() else life.exception() or ConnectionError("logged out")
        for _, receipt in [*self._written.values(), *self._unwritten.values()]:
            fail(receipt, why)
        fail(self._first, why)


def remember(seen, key, most=REMEMBERED):
    """Adds the key; and forgets the oldest, as memory is bounded."""
    seen[key] = None
    if len(seen) > most:
        del seen[next(iter(seen))]


def fail(future, why):
    if not future.done():
        future.set_exception(why)
        future.exception()  # nobody need look at it


HELP = """lines from standard input are sent:
  TO TEXT      to an account, or to several: 10002,10003 TEXT
  #ROOM TEXT   in a room, which is entered first
  =GROUP TEXT  to a group, by its id; /groups lists them
  * TEXT       to everybody who is connected
  /look [ROOM] tells who is there
What arrives is printed. At the end of the input it waits for all receipts; exit code 0 when nothing was refused."""


def clean(text):
    """Without what could move the cursor of a terminal, or make one line look like two."""
    return re.sub("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", " ", str(text))


def show(text, file=None):
    print(clean(text), file=file or sys.stdout, flush=True)


def show_message(message):
    kinds = {102: "", 103: f" to ={message['group']}" if "group" in message else " to several",
             104: " to everybody", 110: f" in #{message.get('room')}"}
    show(f"{message['from_name']} ({message['chat_from']}){kinds[message['command']]}: {message['chat_content']}")


def show_event(event, content):
    if event in (108, 109):
        verb = "enters" if event == 108 else "leaves"
        show(f"#{content['room']}: {content['user_name']} ({content['user_id']}) {verb}")
    elif event == ERROR:
        show(f"the node says {content['error']}: {content['detail']}", sys.stderr)


async def obey(client, line):
    """Does what a line says; returns whether it worked."""
    to, _, text = line.partition(" ")
    try:
        if to in ("/look", "/groups"):
            answer = await (client.groups() if to == "/groups" else client.look(text))
            show(json.dumps(answer, ensure_ascii=False))
            return True
        if not text or to.startswith("/"):
            raise ValueError("not understood; --help says what can be typed")
        if to.startswith("#") and to[1:] not in client.rooms:
            await client.join(to[1:])
        receipt = await (client.broadcast(text) if to == "*"
                         else client.say(to[1:], text) if to.startswith("#")
                         else client.send_group(to[1:], text) if to.startswith("=")
                         else client.send(to.split(",") if "," in to else to, text))
    except (ValueError, OSError, Refused) as why:
        show(f"{to}: {why}", sys.stderr)
        return False
    error = f", {receipt['error']}: {receipt['detail']}" if "error" in receipt else ""
    show(f"-> {to}: {receipt['status']}{error}")
    return receipt["status"] != "refused"


async def obey_input(client):
    """Obeys every line until the end of standard input; returns whether all worked."""
    loop, lines = asyncio.get_running_loop(), asyncio.Queue(100)

    def read():
        with open(0, encoding="utf-8", errors="replace", closefd=False) as stdin:
            for line in stdin:
                asyncio.run_coroutine_threadsafe(lines.put(line.rstrip("\r\n")), loop).result()
        asyncio.run_coroutine_threadsafe(lines.put(None), loop).result()

    threading.Thread(target=read, daemon=True).start()  # a daemon, as nothing ends a read from a terminal
    worked, obeying = True, set()
    while (line := await lines.get()) is not None:
        if line.strip():
            obeying.add(asyncio.ensure_future(obey(client, line)))
        if len(obeying) >= WINDOW:
            done, obeying = await asyncio.wait(obeying, return_when=asyncio.FIRST_COMPLETED)
            worked &= all(task.result() for task in done)
    return all(await asyncio.gather(*obeying)) and worked


async def chat(options):
    if options.password_file:
        with open(options.password_file, encoding="utf-8") as file:
            password = file.readline().rstrip("\r\n")
    else:
        password = getpass.getpass(f"Password of {options.user}: ")
    async with Client(options.host, options.port, options.user, password, ca=options.ca, on_message=show_message,
                      on_event=show_event, on_state=lambda text: show(text, sys.stderr)) as client:
        for room in options.room:
            await client.join(room)
        talking, ended = asyncio.ensure_future(obey_input(client)), asyncio.ensure_future(client.ended())
        await asyncio.wait({talking, ended}, return_when=asyncio.FIRST_COMPLETED)
        if talking.done():
            ended.cancel()
            return 0 if talking.result() else 1
        talking.cancel()
        return await ended or 1


def main():
    parser = argparse.ArgumentParser(description="Chats with a Parley node.", epilog=HELP,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="localhost")
    parser.add_argument("--port", type=int, default=7443)
    parser.add_argument("--ca", metavar="FILE", help="the certificate of the authority to trust; default: the system's")
    parser.add_argument("--user", metavar="ID", required=True)
    parser.add_argument("--password-file", metavar="FILE", help="its first line is the password; default: asks for it")
    parser.add_argument("--room", metavar="ROOM", action="append", default=[], help="enter it; may be repeated")
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    sys.stderr.reconfigure(encoding="utf-8", errors="replace")
    try:
        return asyncio.run(chat(parser.parse_args()))
    except (OSError, asyncio.TimeoutError, ProtocolError, Refused, HandlerFailed) as why:
        show(f"parley: {why or 'no answer'}", sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
