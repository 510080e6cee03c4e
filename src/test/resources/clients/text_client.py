"""A client of the text framing over TLS, as they exist in the field: python3 text_client.py HOST PORT CA

Frames are a byte count, two bytes, the smaller first, and so many bytes of UTF-8. It waits for the greeting, then sends
every line that is typed as a frame: auth UID PASSWORD, msg UID TEXT, logout, help. Each frame that comes in is printed
as one line of JSON, as it may have several lines itself.
"""

import asyncio
import json
import ssl
import struct
import sys

COUNT = struct.Struct("<H")


async def receive(reader):
    (count,) = COUNT.unpack(await reader.readexactly(COUNT.size))
    return (await reader.readexactly(count)).decode("utf-8")


def show(text):
    print(json.dumps(text, ensure_ascii=False), flush=True)


async def show_all(reader):
    try:
        while True:
            show(await receive(reader))
    except (asyncio.IncompleteReadError, ConnectionError):
        show("closed")


async def send_typed(writer):
    loop = asyncio.get_running_loop()
    while True:
        line = await loop.run_in_executor(None, sys.stdin.readline)
        if not line:
            break
        body = line.rstrip("\n").encode("utf-8")
        writer.write(COUNT.pack(len(body)) + body)
        await writer.drain()
    writer.close()


async def main(host, port, ca):
    trusting = ssl.create_default_context(cafile=ca)
    reader, writer = await asyncio.open_connection(host, int(port), ssl=trusting, server_hostname="localhost")
    show(await receive(reader))
    showing = asyncio.create_task(show_all(reader))
    await send_typed(writer)
    await showing


if __name__ == "__main__":
    sys.stdin.reconfigure(encoding="utf-8")
    sys.stdout.reconfigure(encoding="utf-8")
    asyncio.run(main(*sys.argv[1:]))
