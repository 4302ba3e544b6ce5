"""Help, manual, completion and --json-usage are one table; common wrong use gets exit 2 and a useful sentence."""
import re
import shlex
import subprocess
import unittest

import support


class Errors(support.InFolder):
    def test_every_case(self):
        for number, (code, typed, words) in support.cases("cli_errors.case"):
            with self.subTest(line=number, typed=typed):
                done = support.run(*shlex.split(typed))
                self.assertEqual(done.returncode, int(code), done.stderr)
                self.assertEqual(done.stdout, "")
                self.assertEqual(done.stderr.count("\n"), 1)
                self.assertTrue(done.stderr.startswith("sitemap"))
                for word in words.split("; "):
                    self.assertIn(word, done.stderr)

    def test_nothing_typed(self):
        done = support.run()
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertTrue(done.stderr.startswith("Examples:"))


class Table(unittest.TestCase):
    def names(self, command):
        return {"--" + option["name"] for option in command["options"]}

    def test_help_leads_with_examples_and_names_every_option(self):
        for command in support.usage():
            for done in (support.run(command["name"], "--help"), support.run("help", command["name"])):
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                self.assertTrue(done.stdout.startswith("Examples:\n  sitemap " + command["name"]))
                listed = set(re.findall(r"^ +(?:-\w, )?(--[\w-]+)", done.stdout, re.M))
                self.assertEqual(listed, self.names(command))
                self.assertLessEqual(max(map(len, done.stdout.splitlines())), 120)

    def test_program_help_names_every_command(self):
        done = support.run("--help")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        for command in support.usage():
            self.assertIn(f"\n  {command['name']} ", done.stdout)

    def test_manual_equals_table(self):
        for command in support.usage():
            page = support.run("--man", command["name"]).stdout.replace("\\-", "-").replace("\\(aq", "'").replace("\\e", "\\")
            listed = set(re.findall(r"^\.B (?:-\w, )?(--[\w-]+)", page, re.M))
            self.assertEqual(listed, self.names(command))
            for option in command["options"]:
                self.assertIn(option["help"] + ".", page)
            for example in command["examples"]:
                self.assertIn(example, page)
            self.assertIn("EXIT STATUS", page)

    def test_manual_is_sound_troff(self):
        for name in [[]] + [[command["name"]] for command in support.usage()]:
            page = support.run("--man", *name).stdout
            for line in page.splitlines():
                self.assertNotRegex(line, r"^'")
                if line.startswith("."):
                    self.assertRegex(line, r"^\.(TH|ad|nh|SH|TP|PP|B|I|BR)\b")

    def test_examples_are_good_usage(self):
        for command in support.usage():
            for example in command["examples"]:
                if command["name"] != "run":
                    done = support.run(*shlex.split(example))
                    self.assertEqual((done.returncode, done.stderr), (0, ""), example)

    def complete(self, *words):
        script = f"""source <({shlex.quote(support.PROGRAM)} --completion)
COMP_WORDS=({' '.join(map(shlex.quote, words))}); COMP_CWORD={len(words) - 1}; _sitemap; printf '%s\\n' "${{COMPREPLY[@]}}" """
        done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
        return done.stdout.split()

    def test_completion(self):
        self.assertEqual(self.complete("sitemap", "im"), ["import"])
        self.assertEqual(self.complete("sitemap", "map", "x", "--lang", ""), ["en", "ar", "both"])
        for command in support.usage():
            self.assertEqual(set(self.complete("sitemap", command["name"], "--")), self.names(command))


if __name__ == "__main__":
    unittest.main()
