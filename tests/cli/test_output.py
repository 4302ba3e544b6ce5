"""What is printed: aligned tables, JSON, escapes; exit codes; signals."""
import json
import os
import signal
import subprocess
import time
import unicodedata
import unittest

import support


def columns(text):
    """Terminal columns of a text, by Python's own copy of the Unicode tables."""
    return sum(0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in text)


class Output(unittest.TestCase):
    def test_aligned_table(self):
        lines = support.run("info", "sample").stdout.splitlines()
        self.assertEqual(lines[0], "A sample of every type")
        header = lines[1]
        start, end = header.index("date"), header.index("area_ha") + len("area_ha")
        for line in lines[2:5]:
            before = [i for i in range(len(line)) if columns(line[:i]) == start][0]
            self.assertIn(line[before:].split()[0], ("2023-09-18", "-"))
            upto = [i for i in range(len(line)) if columns(line[:i]) == end][0]
            self.assertIn(line[:upto].split()[-1], ("21.34", "602.70", "-"))

    def test_nothing_from_data_steers_the_terminal(self):
        for arguments in (["info", "sample"], ["info", "sample", "--json"]):
            done = support.run(*arguments)
            self.assertNotIn("\033", done.stdout)
            self.assertNotIn("\u202e", done.stdout)
        self.assertIn("red\\x1B[31m and \\u{202E} turned", support.run("info", "sample").stdout)
        self.assertNotIn("\033", support.run("info", "fail-IO\033[2J").stderr)

    def test_json(self):
        done = support.run("info", "sample-reject-2", "--json")
        got = json.loads(done.stdout)
        self.assertEqual((done.returncode, got["command"], got["exit"], got["rejected"]), (3, "info", 3, 2))
        rows = got["tables"][0]["rows"]
        self.assertEqual(rows[1], {"place": "\u062f\u0631\u0646\u0629", "count": 1, "area_ha": 602.7, "date": "2023-09-18",
                                   "at": "2023-09-18T00:00:00.500Z", "seen": True})
        self.assertEqual(rows[2]["place"], "red\033[31m and \u202e turned")
        self.assertIsNone(rows[2]["area_ha"])

    def test_json_of_a_failure(self):
        done = support.run("info", "fail-IO", "--json")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(json.loads(done.stdout)["error"]["message"], "fail-IO: it was asked to fail")

    def test_exit_codes(self):
        self.assertEqual(support.run("info", "reject-1").returncode, 3)
        self.assertIn("1 row was rejected", support.run("info", "reject-1").stderr)
        self.assertEqual(support.run("info", "reject-1", "--quiet").stderr, "")
        self.assertEqual(support.run("info", "reject-1", "--strict").returncode, 1)
        self.assertEqual(support.run("info", "x").stderr, "")
        self.assertEqual(support.run("--version").stdout.split()[0], "sitemap")

    def test_full_disk_behind_stdout(self):
        for arguments in (["info", "sample"], ["info", "sample", "--json"], ["--help"]):
            with open("/dev/full", "w", encoding="utf-8") as full:
                done = subprocess.run([support.PROGRAM, *arguments], stdout=full, stderr=subprocess.PIPE, check=False)
            self.assertEqual(done.returncode, 1)
            self.assertIn(b"could not be printed", done.stderr)


def start_hanging(number, **more):
    """A program at work that never ends by itself, once it catches the signal: a slow start must not look like a failure."""
    child = subprocess.Popen([support.PROGRAM, "info", "hang"], stderr=subprocess.PIPE, **more)
    for _ in range(1000):
        with open("/proc/%d/status" % child.pid, encoding="ascii") as status:
            caught = next(int(line.split()[1], 16) for line in status if line.startswith("SigCgt"))
        if caught >> (number - 1) & 1:
            return child
        time.sleep(0.02)
    raise AssertionError("the program does not catch signal %d" % number)


class Signals(unittest.TestCase):
    def end(self, number):
        """Seconds that the program takes to end after the signal."""
        child = start_hanging(number)
        time.sleep(0.1)
        sent = time.monotonic()
        child.send_signal(number)
        _, said = child.communicate(timeout=30)
        took = time.monotonic() - sent
        self.assertIn(b"cleaned up", said)
        self.assertEqual(child.returncode, -number)
        return took

    def test_ends_within_a_second_and_cleans_up(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            self.assertLess(min(self.end(number) for _ in range(3)), 1.0)  # the machine may be busy with other work

    def test_ignored_signals_stay_ignored(self):
        child = start_hanging(signal.SIGTERM, preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        child.send_signal(signal.SIGHUP)
        time.sleep(1.2)
        self.assertIsNone(child.poll())
        os.kill(child.pid, signal.SIGTERM)
        child.communicate(timeout=10)


if __name__ == "__main__":
    unittest.main()
