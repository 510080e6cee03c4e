#!/usr/bin/env node
/*
 * A small client of a Parley node: one file for Node.js 18 or newer, without dependencies.
 *
 * At a terminal (--help says what one can type):
 *
 *     node parley.mjs --ca target/dev/tls/server.crt --user 10001 --password-file FILE
 *
 * In a program:
 *
 *     import { Client } from "./parley.mjs";
 *     const client = new Client({ user: "10001", password: "123456", ca: "target/dev/tls/server.crt",
 *       onMessage: message => console.log(message.chat_content) });
 *     await client.connect();
 *     console.log(await client.send("10002", "hello"));
 *     await client.logout();
 *
 * src/site/markdown/protocol.md explains the protocol. Here come first frames, then the client, then the terminal.
 */

import { randomUUID } from "node:crypto";
import { readFileSync, realpathSync } from "node:fs";
import { isIP } from "node:net";
import { createInterface } from "node:readline";
import { connect } from "node:tls";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const HEADER = 12; // bytes: length, version, and which command or event
const MAX_COMMAND = 65_536; // the bound of a node by default: a larger frame would cost the connection, again and again
export const MAX_EVENT = 17 * 1024 * 1024; // more than the largest bound that a node can have

const [VERIFY, SINGLE, GROUP, BROADCAST, LOGOUT, PING, ACK, JOIN, LEAVE, SAY] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const [LOOK, ONLINE, GROUP_CREATE, GROUP_CHANGE, GROUP_LIST] = [11, 12, 13, 14, 15];
const [VERIFIED, BYE, ENTERED, LEFT, GROUP_CREATED, RECEIPT, ERROR] = [101, 105, 108, 109, 113, 120, 199];
const MESSAGES = new Set([102, 103, 104, 110]); // to one, to several, to everybody, in a room

const LOGIN_FINAL =
  ["bad_credentials", "forbidden", "bad_content", "bad_frame", "frame_too_large", "bad_version"];
const BYE_FINAL = ["logout", "kicked", "revoked", "protocol_error"];

const [SHORTEST_WAIT, LONGEST_WAIT] = [100, 30_000]; // milliseconds until the next try to connect
const [LOGIN_TIMEOUT, LOGOUT_TIMEOUT] = [25_000, 5_000]; // milliseconds
const WINDOW = 100; // sends on the wire without a receipt; a node stops reading at 128
const MAX_UNANSWERED = 1_024; // sends without a receipt in all
const REMEMBERED = 8_192; // messages that are recognised when they come again

/** A failure with a code: a connection or a login that may be tried again, unless it is final. */
export class Failure extends Error {
  constructor(code, detail, { retryAfterMs = 0, final = false } = {}) {
    super(`${code}: ${detail}`);
    Object.assign(this, { code, retryAfterMs, final });
  }

  /** The node said no to a login or a question (of a message, the receipt says so), or ended the session. */
  static said(content, final = []) {
    const code = content.reason ?? content.error;
    return new Failure(code, content.detail ?? "the node ended the session",
      { retryAfterMs: content.retry_after_ms, final: final.includes(code) });
  }
}

/** The bytes of one frame. */
export function encode(command, content = null, version = 1) {
  const body = Buffer.from(content === null ? "" : JSON.stringify(content));
  const header = Buffer.alloc(HEADER);
  header.writeInt32BE(HEADER + body.length, 0);
  header.writeInt32BE(version, 4);
  header.writeInt32BE(command, 8);
  return Buffer.concat([header, body]);
}

/** The content of a frame as an object; none of the fields has been looked at. */
function parse(body) {
  if (body.length === 0) {
    return {};
  }
  let content;
  try {
    content = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body));
  } catch {
    throw new Failure("bad_content", "content is not JSON in UTF-8");
  }
  if (content === null || typeof content !== "object" || Array.isArray(content)) {
    throw new Failure("bad_content", "content is not an object");
  }
  return content;
}

/** Cuts the bytes of one connection into frames, in whatever pieces they arrive. */
export class Frames {
  #maxFrame;
  #rest = Buffer.alloc(0);
  #version;

  constructor(maxFrame = MAX_EVENT) {
    this.#maxFrame = maxFrame;
  }

  /** Yields { version, id, content } of each frame that is complete now. */
  *feed(data) {
    this.#rest = Buffer.concat([this.#rest, data]);
    while (this.#rest.length >= 4) {
      const length = this.#rest.readInt32BE(0);
      if (length < HEADER) {
        throw new Failure("bad_frame", `a length of ${length}`);
      }
      if (length > this.#maxFrame) {
        throw new Failure("frame_too_large", `a length of ${length}`);
      }
      if (this.#rest.length < length) {
        return;
      }
      const version = this.#rest.readInt32BE(4);
      if (![0, 1].includes(version) || (this.#version ?? version) !== version) {
        throw new Failure("bad_version", `version ${version}`);
      }
      this.#version = version;
      const frame = this.#rest.subarray(0, length);
      this.#rest = this.#rest.subarray(length);
      yield { version, id: frame.readInt32BE(8), content: parse(frame.subarray(HEADER)) };
    }
  }
}

/**
 * One account's connection to a node, which comes back by itself when it is lost.
 *
 * onMessage(message) is called with the fields of 102, 103, 104 and 110; each message comes once. Only when it has
 *     returned is the message acknowledged. When it throws, the client ends, and the message stays at the node.
 * onEvent(id, content) hears everything else that nobody has asked for, such as who enters a room.
 * onState(text) hears what becomes of the connection, for people.
 */
export class Client {
  /** The names of the rooms that we are in, and will be in again after a reconnect. */
  rooms = new Set();
  /** Resolves when we have logged out; rejects with why when the client has ended otherwise. */
  ended;

  #options;
  #user;
  #token;
  #socket = null; // while logged in
  #cut = () => {}; // ends the connection, or the wait for the next
  #leaving = false;
  #first = {}; // resolve and reject of connect()
  #connected = false; // at any time
  #written = new Map(); // client_id: { frame, resolve, reject }, on the wire of this connection
  #unwritten = new Map(); // the same, not yet on it
  #questions = new Map(); // command: { content, resolve, reject }, at most one of each on the wire
  #turns = new Map(); // command: when the next question of that kind may be asked
  #seen = new Set(); // of chat_from and client_id, the oldest first

  constructor({ host = "localhost", port = 7443, user, password, token, ca,
    onMessage = () => {}, onEvent = () => {}, onState = () => {} }) {
    this.#options = { host, port, password, ca: ca && readFileSync(ca), onMessage, onEvent, onState };
    this.#user = user;
    this.#token = token;
  }

  /** Connects and logs in. Rejects with what went wrong; only after a first success does the client try again. */
  connect() {
    const first = new Promise((resolve, reject) => (this.#first = { resolve, reject }));
    this.ended = this.#live().finally(() => (this.#leaving = true));
    this.ended.catch(why => why).then(why => this.#over(why ?? new Failure("logged_out", "this client has left")));
    return first;
  }

  /** Leaves the node. Sends without a receipt fail. */
  async logout() {
    this.#leaving = true;
    const late = setTimeout(() => this.#cut(), this.#socket ? LOGOUT_TIMEOUT : 0);
    this.#socket?.write(encode(LOGOUT));
    await this.ended?.catch(() => {});
    clearTimeout(late);
  }

  // Each of these gives a promise of the receipt; its status says what became of the message.

  /** To one account, or to a list of them. */
  send(to, text) {
    return this.#send(Array.isArray(to) ? GROUP : SINGLE, { chat_to: to, chat_content: text });
  }

  sendGroup(group, text) {
    return this.#send(GROUP, { group, chat_content: text });
  }

  broadcast(text) {
    return this.#send(BROADCAST, { chat_content: text });
  }

  say(room, text) {
    return this.#send(SAY, { room, chat_content: text });
  }

  createGroup(name, members) {
    return this.#send(GROUP_CREATE, { name, members });
  }

  // Each of these gives a promise of the answer's content, which rejects when it is refused or the connection is lost.

  async join(room) {
    const answer = await this.#ask(JOIN, { room });
    this.rooms.add(room);
    return answer;
  }

  leave(room) {
    this.rooms.delete(room);
    return this.#ask(LEAVE, { room });
  }

  look(room) {
    return this.#ask(LOOK, room ? { room } : {});
  }

  online(users) {
    return this.#ask(ONLINE, { user_ids: users });
  }

  changeGroup(group, { add = [], remove = [] }) {
    return this.#ask(GROUP_CHANGE, { group, add, remove });
  }

  groups() {
    return this.#ask(GROUP_LIST, null);
  }

  #send(command, content) {
    const receipt = new Promise((resolve, reject) => {
      const id = randomUUID();
      const frame = encode(command, { client_id: id, ...content });
      if (frame.length > MAX_COMMAND) {
        throw new Failure("frame_too_large", `the message is larger than ${MAX_COMMAND} bytes`);
      }
      if (this.#written.size + this.#unwritten.size >= MAX_UNANSWERED) {
        throw new Failure("too_many", `${MAX_UNANSWERED} messages have no receipt yet`);
      }
      if (!this.ended || this.#leaving) {
        throw new Failure("closed", "the client is not there (any more)");
      }
      this.#unwritten.set(id, { frame, resolve, reject });
      this.#writeSome();
    });
    receipt.catch(() => {}); // nobody need look at it
    return receipt;
  }

  #writeSome() {
    for (const [id, send] of this.#unwritten) {
      if (!this.#socket || this.#written.size >= WINDOW) {
        return;
      }
      this.#unwritten.delete(id);
      this.#written.set(id, send);
      this.#socket.write(send.frame);
    }
  }

  #ask(command, content) {
    const answer = (this.#turns.get(command) ?? Promise.resolve()).then(() => new Promise((resolve, reject) => {
      if (!this.#socket) {
        throw new Failure("closed", "not connected at the moment");
      }
      this.#questions.set(command, { content, resolve, reject });
      this.#socket.write(encode(command, content));
    }));
    this.#turns.set(command, answer.catch(() => {}));
    return answer;
  }

  async #live() {
    for (let limit = SHORTEST_WAIT; ;) {
      const began = Date.now();
      const why = await new Promise(resolve => this.#session(resolve));
      if (this.#leaving) {
        return;
      }
      if (!this.#connected || why.final || why.code === undefined) {
        throw why;
      }
      limit = Math.min(LONGEST_WAIT, 2 * (Date.now() - began > LONGEST_WAIT ? SHORTEST_WAIT : limit));
      const wait = Math.max(SHORTEST_WAIT + Math.random() * (limit - SHORTEST_WAIT), why.retryAfterMs ?? 0);
      this.#call("onState", `connection lost (${why.message}); next try in ${(wait / 1000).toFixed(1)} s`);
      await new Promise(resolve => {
        const waiting = setTimeout(resolve, wait);
        this.#cut = () => resolve(clearTimeout(waiting));
      });
      if (this.#leaving) {
        return;
      }
    }
  }

  /** One connection; tells once why it has ended. */
  #session(over) {
    const { host, port, ca } = this.#options;
    // Verifies the certificate and the host name, whatever the environment says.
    const socket = connect({ host, port, ca, servername: isIP(host) ? "" : host, rejectUnauthorized: true,
      autoSelectFamily: true });
    const session = { socket, pinging: null, heard: false };
    const frames = new Frames();
    let ended = false;
    const end = why => {
      if (ended) {
        return;
      }
      ended = true;
      clearInterval(session.pinging);
      this.#socket = null;
      socket.destroy();
      this.#questions.forEach(question => question.reject(new Failure("closed", "the connection was lost")));
      this.#questions.clear();
      over(why);
    };
    this.#cut = () => end(new Failure("closed", "this client has left"));
    socket.setTimeout(LOGIN_TIMEOUT, () => end(new Failure("no_answer", "the node is silent")));
    socket.setNoDelay(true);
    socket.on("secureConnect", () => this.#verify(socket));
    socket.on("error", end);
    socket.on("close", () => end(new Failure("closed", "the connection was closed")));
    socket.on("data", data => {
      session.heard = true;
      let seq = 0;
      let broken = null;
      try {
        for (const { id, content } of frames.feed(data)) {
          seq = this.#take(session, id, content) ?? seq;
        }
      } catch (why) {
        broken = why;
      }
      if (seq > 0) { // once for all that was read
        socket.write(encode(ACK, { seq }));
      }
      if (broken) {
        end(broken);
      }
    });
  }

  /** With the token, if there is one: it costs the node no password hash. */
  #verify(socket) {
    const proof = this.#token ? { token: this.#token } : { password: this.#options.password };
    socket.write(encode(VERIFY, { user_id: this.#user, ...proof }));
  }

  #verified(session, content) {
    const { socket } = session;
    if (content.code !== 1) {
      if (content.error === "bad_credentials" && this.#token && this.#options.password) {
        this.#token = undefined; // it may have expired
        this.#verify(socket);
        return;
      }
      throw Failure.said(content, LOGIN_FINAL);
    }
    this.#user = content.user_id;
    this.#token = content.token ?? this.#token;
    socket.setTimeout(0);
    if (content.heartbeat_s > 0) {
      session.pinging = setInterval(() => this.#ping(session), content.heartbeat_s * 1000);
    }
    this.#socket = socket;
    this.rooms.forEach(room => socket.write(encode(JOIN, { room })));
    this.#unwritten = new Map([...this.#written, ...this.#unwritten]);
    this.#written.clear();
    this.#writeSome();
    this.#connected = true;
    this.#call("onState", `connected as ${content.user_name} (${this.#user}); waiting: ${content.waiting}`);
    this.#first.resolve(content);
  }

  /** When nothing came since the last ping, not even its answer, the node is gone. */
  #ping(session) {
    if (session.heard) {
      session.heard = false;
      session.socket.write(encode(PING));
    } else {
      session.socket.destroy();
    }
  }

  /** Handles one event; returns its seq when it is a delivery that is now safe with us. */
  #take(session, id, content) {
    if (MESSAGES.has(id)) {
      if (this.#leaving) {
        return undefined; // what comes now stays at the node
      }
      const key = JSON.stringify([content.chat_from, content.client_id]);
      if (!this.#seen.has(key)) {
        this.#call("onMessage", content);
        remember(this.#seen, key);
      }
      return content.seq;
    }
    if (id === VERIFIED && session.pinging === null) {
      this.#verified(session, content);
    } else if (id === BYE) {
      throw Failure.said(content, BYE_FINAL);
    } else if (id === RECEIPT || id === GROUP_CREATED) {
      this.#answer(content);
    } else if (id === ERROR) {
      this.#failed(content);
    } else if (!this.#answersQuestion(id, content)) {
      this.#call("onEvent", id, content);
    }
    return undefined;
  }

  #answer(receipt) {
    const send = this.#written.get(receipt.client_id);
    this.#written.delete(receipt.client_id);
    this.#writeSome();
    send?.resolve(receipt);
  }

  /** An error about a message is its receipt, one about a question its answer. */
  #failed(content) {
    const question = this.#questions.get(content.command);
    if (!this.#socket) {
      throw Failure.said(content, LOGIN_FINAL); // about our login
    } else if (content.client_id !== undefined) {
      this.#answer({ ...content, status: "refused" });
    } else if (question) {
      this.#questions.delete(content.command);
      question.reject(Failure.said(content));
    } else {
      this.#call("onEvent", ERROR, content);
    }
  }

  /** The answer to command N is event 100 + N; somebody else's coming and going looks like that, too. */
  #answersQuestion(id, content) {
    const question = this.#questions.get(id - 100);
    const isOthers = (id === ENTERED || id === LEFT)
      && (content.user_id !== this.#user || content.room !== question?.content.room);
    if (!question || isOthers) {
      return false;
    }
    this.#questions.delete(id - 100);
    question.resolve(content);
    return true;
  }

  /** A handler that throws ends the client: its error has no code. */
  #call(handler, ...values) {
    try {
      this.#options[handler](...values);
    } catch (why) {
      throw new Error(`${handler} failed: ${why.message}`, { cause: why });
    }
  }

  #over(why) {
    for (const send of [...this.#written.values(), ...this.#unwritten.values()]) {
      send.reject(why);
    }
    this.#first.reject(why);
  }
}

/** Adds the key to the set; and forgets the oldest, as memory is bounded. */
export function remember(seen, key, most = REMEMBERED) {
  seen.add(key);
  if (seen.size > most) {
    seen.delete(seen.values().next().value);
  }
}

const HELP = `usage: node parley.mjs --user ID --password-file FILE [--host NAME] [--port N] [--ca FILE] [--room R]...
--ca FILE is the certificate of the authority to trust; without it, those that come with Node.js.
Lines from standard input are sent:
  TO TEXT      to an account, or to several: 10002,10003 TEXT
  #ROOM TEXT   in a room, which is entered first
  =GROUP TEXT  to a group, by its id; /groups lists them
  * TEXT       to everybody who is connected
  /look [ROOM] tells who is there
What arrives is printed. At the end of the input it waits for all receipts, and exits with 0 when nothing was refused.
`;

/** Without what could move the cursor of a terminal, or make one line look like two. */
export function clean(text) {
  return String(text).replace(/[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/g, " ");
}

const show = text => process.stdout.write(`${clean(text)}\n`);
const tell = text => process.stderr.write(`${clean(text)}\n`);

function showMessage(message) {
  const place = {
    102: "",
    103: message.group === undefined ? " to several" : ` to =${message.group}`,
    104: " to everybody",
    110: ` in #${message.room}`,
  }[message.command];
  show(`${message.from_name} (${message.chat_from})${place}: ${message.chat_content}`);
}

function showEvent(id, content) {
  if (id === ENTERED || id === LEFT) {
    show(`#${content.room}: ${content.user_name} (${content.user_id}) ${id === ENTERED ? "enters" : "leaves"}`);
  } else if (id === ERROR) {
    tell(`the node says ${content.error}: ${content.detail}`);
  }
}

/** Does what a line says; resolves to whether it worked. */
async function obey(client, line) {
  const [, to, text] = line.match(/^(\S*) ?(.*)$/s);
  try {
    if (to === "/look" || to === "/groups") {
      show(JSON.stringify(await (to === "/look" ? client.look(text) : client.groups())));
      return true;
    }
    if (text === "" || to.startsWith("/")) {
      throw new Failure("not_understood", "--help says what can be typed");
    }
    if (to.startsWith("#") && !client.rooms.has(to.slice(1))) {
      await client.join(to.slice(1));
    }
    const receipt = await (to === "*" ? client.broadcast(text)
      : to.startsWith("#") ? client.say(to.slice(1), text)
      : to.startsWith("=") ? client.sendGroup(to.slice(1), text)
      : client.send(to.includes(",") ? to.split(",") : to, text));
    show(`-> ${to}: ${receipt.status}` + (receipt.error ? `, ${receipt.error}: ${receipt.detail}` : ""));
    return receipt.status !== "refused";
  } catch (why) {
    tell(`${to}: ${why.message}`);
    return false;
  }
}

/** Obeys every line until the end of the input; resolves to whether all worked. */
async function obeyInput(client, input) {
  let worked = true;
  const obeying = new Set();
  for await (const line of input) {
    if (line.trim() !== "") {
      const task = obey(client, line).then(did => {
        worked &&= did;
        obeying.delete(task);
      });
      obeying.add(task);
    }
    if (obeying.size >= WINDOW) {
      await Promise.race(obeying);
    }
  }
  await Promise.all(obeying);
  return worked;
}

async function chat({ user, host, port, ca, room, "password-file": file }) {
  const password = readFileSync(file, "utf8").split(/\r?\n/, 1)[0];
  const client = new Client({ user, password, host, port: Number(port), ca,
    onMessage: showMessage, onEvent: showEvent, onState: tell });
  await client.connect();
  for (const each of room) {
    await client.join(each);
  }
  const talking = obeyInput(client, createInterface({ input: process.stdin }));
  const worked = await Promise.race([talking, client.ended]);
  await client.logout();
  return worked ? 0 : 1;
}

async function main() {
  let options;
  try {
    const string = { type: "string" };
    options = parseArgs({ options: {
      user: string, "password-file": string, host: { ...string, default: "localhost" },
      port: { ...string, default: "7443" }, ca: string, room: { ...string, multiple: true, default: [] },
      help: { type: "boolean" },
    } }).values;
  } catch (why) {
    tell(why.message);
    return 2;
  }
  if (options.help || !options.user || !options["password-file"]) {
    (options.help ? process.stdout : process.stderr).write(HELP);
    return options.help ? 0 : 2;
  }
  process.stdout.on("error", () => process.exit(1)); // nobody reads what arrives
  try {
    return await chat(options);
  } catch (why) {
    tell(`parley: ${why.message}`);
    return 1;
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exit(await main());
}
