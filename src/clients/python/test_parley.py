"""The framing against the vectors, and what a client remembers: python3 -m unittest test_parley.py"""

import json
import pathlib
import unittest

import parley

VECTORS = pathlib.Path(__file__).resolve().parent.parent / "vectors"


def vectors(name):
    return json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))


def frame(vector):
    return bytes.fromhex(vector["hex"])


class FramesTest(unittest.TestCase):

    def test_commands_are_written_and_read(self):
        for vector in vectors("commands"):
            with self.subTest(vector["name"]):
                if vector["written"]:
                    written = parley.encode(vector["command"], vector["content"], vector["version"])
                    self.assertEqual(written, frame(vector))
                self.assertEqual([*parley.Frames().feed(frame(vector))],
                                 [(vector["version"], vector["command"], vector["content"] or {})])

    def test_events_are_read(self):
        for vector in vectors("events"):
            with self.subTest(vector["name"]):
                self.assertEqual([*parley.Frames().feed(frame(vector))],
                                 [(vector["version"], vector["event"], vector["content"] or {})])

    def test_cuts_carry_no_meaning(self):
        for vector in vectors("streams"):
            with self.subTest(vector["name"]):
                named = {each["name"]: frame(each) for each in vectors(vector["of"])}
                expected = [one for name in vector["frames"] for one in parley.Frames().feed(named[name])]
                segments = [bytes.fromhex(segment) for segment in vector["segments"]]
                self.assertEqual(read(segments), expected)
                whole = b"".join(segments)
                self.assertEqual(read([bytes([byte]) for byte in whole]), expected)
                for cut in range(1, len(whole)):
                    self.assertEqual(read([whole[:cut], whole[cut:]]), expected)

    def test_broken_ones_are_not_read(self):
        seen = 0
        for vector in vectors("broken"):
            if vector["where"] != "rules":
                seen += 1
                with self.subTest(vector["name"]), self.assertRaises(parley.ProtocolError) as raised:
                    read([frame(vector)], vector["max_frame"])
                self.assertEqual(raised.exception.error, vector["error"])
        self.assertGreater(seen, 20)


def read(segments, max_frame=parley.MAX_EVENT):
    frames = parley.Frames(max_frame)
    return [one for segment in segments for one in frames.feed(segment)]


class MemoryTest(unittest.TestCase):

    def test_the_oldest_is_forgotten(self):
        seen = {}
        for key in ["a", "b", "c", "d"]:
            parley.remember(seen, key, 3)
        self.assertEqual([*seen], ["b", "c", "d"])


class TerminalTest(unittest.TestCase):

    def test_what_others_write_stays_on_its_line(self):
        self.assertEqual(parley.clean("a\nb\x1b[2J\u202ec😀张"), "a b [2J c😀张")


if __name__ == "__main__":
    unittest.main()
