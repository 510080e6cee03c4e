"""A telnet-style client, as they exist in the field: python3 telnet_client.py HOST PORT NAME

The node must say "Connect Success", and not a byte more, within five seconds. Then it sends "login NAME", compares what
one read brings with "UserName Empty" and "UserName Exist", byte for byte, and takes anything else for success. From
then on what is typed is sent, a line at a time, and what comes in is printed.
"""

import socket
import sys
import threading

GREETING = b"Connect Success"


def say(text):
    print(text, flush=True)


def greeted(connection):
    connection.settimeout(5)
    said = b""
    try:
        while len(said) < len(GREETING):
            got = connection.recv(1024)
            if not got:
                break
            said += got
    except socket.timeout:
        pass
    return said == GREETING


def show_all(connection):
    for line in connection.makefile("r", encoding="utf-8", newline="\n"):
        say(line.rstrip("\r\n"))
    say("closed")


def main(host, port, name):
    connection = socket.create_connection((host, int(port)))
    if not greeted(connection):
        say("Connect Fail!")
        return
    connection.settimeout(None)
    connection.sendall(("login " + name + "\n").encode("utf-8"))
    reply = connection.recv(1024)
    if reply == b"UserName Empty":
        say("UserName Empty!")
    elif reply == b"UserName Exist":
        say("UserName Exist!")
    else:
        say("in: " + reply.decode("utf-8").rstrip("\r\n").replace("\r\n", " / "))
        showing = threading.Thread(target=show_all, args=(connection,))
        showing.start()
        for line in sys.stdin:
            connection.sendall(line.encode("utf-8"))
        connection.shutdown(socket.SHUT_WR)
        showing.join()


if __name__ == "__main__":
    sys.stdin.reconfigure(encoding="utf-8")
    sys.stdout.reconfigure(encoding="utf-8")
    main(*sys.argv[1:])
