// The framing against the vectors, and what a terminal is spared: node --test

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { clean, encode, Frames, MAX_EVENT, remember } from "./parley.mjs";

const vectors = name => JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), "utf8"));
const bytes = hex => Buffer.from(hex.replaceAll(" ", ""), "hex");
const read = (segments, maxFrame = MAX_EVENT) => {
  const frames = new Frames(maxFrame);
  return segments.flatMap(segment => [...frames.feed(segment)]);
};

test("commands are written and read", () => {
  for (const { name, version, command, content, written, hex } of vectors("commands")) {
    if (written) {
      assert.deepEqual(encode(command, content, version), bytes(hex), name);
    }
    assert.deepEqual(read([bytes(hex)]), [{ version, id: command, content: content ?? {} }], name);
  }
});

test("events are read", () => {
  for (const { name, version, event, content, hex } of vectors("events")) {
    assert.deepEqual(read([bytes(hex)]), [{ version, id: event, content: content ?? {} }], name);
  }
});

test("cuts carry no meaning", () => {
  for (const { name, of, frames, segments } of vectors("streams")) {
    const named = new Map(vectors(of).map(vector => [vector.name, bytes(vector.hex)]));
    const expected = frames.flatMap(each => read([named.get(each)]));
    assert.deepEqual(read(segments.map(bytes)), expected, name);
    const whole = bytes(segments.join(""));
    assert.deepEqual(read([...whole].map(byte => Buffer.from([byte]))), expected, name);
    for (let cut = 1; cut < whole.length; cut++) {
      assert.deepEqual(read([whole.subarray(0, cut), whole.subarray(cut)]), expected, name);
    }
  }
});

test("broken ones are not read", () => {
  const broken = vectors("broken").filter(({ where }) => where !== "rules");
  assert.ok(broken.length > 20);
  for (const { name, hex, max_frame, error } of broken) {
    assert.throws(() => read([bytes(hex)], max_frame), { code: error }, name);
  }
});

test("the oldest is forgotten", () => {
  const seen = new Set();
  ["a", "b", "c", "d"].forEach(key => remember(seen, key, 3));
  assert.deepEqual([...seen], ["b", "c", "d"]);
});

test("what others write stays on its line", () => {
  assert.equal(clean("a\nb\x1b[2J\u202ec😀张"), "a b [2J c😀张");
});
