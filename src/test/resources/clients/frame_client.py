"""A client of the 12-byte framing, version 0, as they exist in the field: python3 frame_client.py HOST PORT NUMBER

Three seconds after it has connected it verifies with nothing but its phone number. What is typed then is collected:

    single TO TEXT
    group TO,TO TEXT
    broadcast TEXT

and an empty line sends all of it in one write. It prints what comes in by the command's id, and at the end how many
frames came in one read at most.
"""

import json
import socket
import struct
import sys
import threading
import time

VERSION = 0
VERIFY, SINGLE, GROUP, BROADCAST = 1, 2, 3, 4
VERIFIED, SINGLE_PUSH, GROUP_PUSH, BROADCAST_PUSH = 101, 102, 103, 104
NAMES = {SINGLE_PUSH: "single", GROUP_PUSH: "group", BROADCAST_PUSH: "broadcast"}
HEADER = struct.Struct(">III")


def frame(command, content):
    body = json.dumps(content, ensure_ascii=False).encode("utf-8")
    return HEADER.pack(HEADER.size + len(body), VERSION, command) + body


def say(text):
    print(text, flush=True)


def show(version, command, content):
    if version != VERSION:
        say("a frame of version %d" % version)
    elif command == VERIFIED:
        say("101 verified %s" % content["code"])
    elif command in NAMES:
        say("%d %s from %s: %s" % (command, NAMES[command], content["chat_from"], content["chat_content"]))
    else:
        say("%d unknown" % command)


def read(connection):
    waiting = b""
    most = 0
    while True:
        got = connection.recv(65536)
        if not got:
            break
        waiting += got
        frames = 0
        while len(waiting) >= HEADER.size:
            length, version, command = HEADER.unpack_from(waiting)
            if len(waiting) < length:
                break
            body = waiting[HEADER.size:length]
            waiting = waiting[length:]
            frames += 1
            show(version, command, json.loads(body.decode("utf-8")))
        most = max(most, frames)
    say("closed, at most %d frames in one read" % most)


def typed(line):
    kind, _, rest = line.partition(" ")
    if kind == "broadcast":
        return frame(BROADCAST, {"chat_content": rest})
    to, _, text = rest.partition(" ")
    if kind == "single":
        return frame(SINGLE, {"chat_to": to, "chat_content": text})
    return frame(GROUP, {"chat_to": to.split(","), "chat_content": text})


def main(host, port, number):
    connection = socket.create_connection((host, int(port)))
    reader = threading.Thread(target=read, args=(connection,))
    reader.start()
    time.sleep(3)
    connection.sendall(frame(VERIFY, {"phone_number": number}))
    together = b""
    for line in sys.stdin:
        line = line.rstrip("\n")
        if line:
            together += typed(line)
        else:
            connection.sendall(together)
            together = b""
    connection.shutdown(socket.SHUT_WR)
    reader.join()


if __name__ == "__main__":
    sys.stdin.reconfigure(encoding="utf-8")
    sys.stdout.reconfigure(encoding="utf-8")
    main(*sys.argv[1:])
