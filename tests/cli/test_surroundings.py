"""The program in hostile surroundings: odd variables, closed or full outputs, signals, full disks, a second program. It says so
in its own words or does as ever; an output is whole or as it was."""
import hashlib
import json
import os
import pathlib
import resource
import signal
import sqlite3
import subprocess
import time
import unittest

import cases
import support

DERNA = support.ROOT / "data" / "derna"
LANGUAGES = {name: {"LC_ALL": name, "LANG": name, "FC_LANG": name} for name in ("tr_TR.UTF-8", "ar_LY.UTF-8", "de_DE", "nonsense", "")}
VARIABLES = {
    **LANGUAGES,
    "small cache": {"GDAL_CACHEMAX": "1", "GDAL_NUM_THREADS": "ALL_CPUS", "OGR_SQLITE_CACHE": "1"},
    "data": {"GDAL_DATA": "/nonexistent", "PROJ_USER_WRITABLE_DIRECTORY": "/proc"},
    "drivers": {"GDAL_DRIVER_PATH": "/tmp", "GDAL_SKIP": "ESRI Shapefile", "OGR_SKIP": "ESRI Shapefile",
                "GDAL_CONFIG_FILE": "/nonexistent"},
    "talk": {"CPL_DEBUG": "ON", "CPL_LOG": "gdal.log", "CPL_LOG_ERRORS": "ON", "CPL_TIMESTAMP": "ON", "PROJ_DEBUG": "3",
             "G_MESSAGES_DEBUG": "all", "G_DEBUG": "fatal-warnings", "FC_DEBUG": "1"},
    "network": {"PROJ_NETWORK": "ON", "PROJ_NETWORK_ENDPOINT": "http://127.0.0.1:9", "GDAL_HTTP_PROXY": "127.0.0.1:9"},
    "encodings": {"SHAPE_ENCODING": "klingon", "OGR_FORCE_ASCII": "YES", "OGR_SQLITE_PRAGMA": "journal_mode=off",
                  "OGR_CURRENT_DATE": "yesterday", "CPL_TMPDIR": "/nonexistent"},
    "fonts": {"FONTCONFIG_FILE": "/nonexistent", "FONTCONFIG_PATH": "/nonexistent", "PANGOCAIRO_BACKEND": "win32",
              "PANGO_LANGUAGE": "zh"},
    "folders": {"HOME": None, "TMPDIR": "/nonexistent", "SQLITE_TMPDIR": "/proc", "XDG_CACHE_HOME": "/nonexistent", "PATH": None},
    "time": {"TZ": "Pacific/Kiritimati", "SOURCE_DATE_EPOCH": "0"},
    "size": {"COLUMNS": "0", "LINES": "-1", "TERM": "nonsense"},
}
SIGNALLED_AFTER_S = (0.02, 0.08, 0.2, 0.35, 0.5)


def environment(changes):
    out = {**os.environ, **{name: value for name, value in changes.items() if value is not None}}
    return {name: value for name, value in out.items() if changes.get(name, value) is not None}


def digest(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


def is_sound(path):
    connection = sqlite3.connect(path)
    try:
        trees = connection.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%rtree(%'").fetchall()
        return all(connection.execute(question, name).fetchone()[0] == "ok"
                   for question, name in [("PRAGMA integrity_check", ()), *(("SELECT rtreecheck(?)", tree) for tree in trees)])
    finally:
        connection.close()


class Surroundings(support.InFolder):
    def setUp(self):
        super().setUp()
        self.write("sites.csv", "site_id,name,lat,lon,capacity\nS1,Derna,32.76,22.64,1200\nS2,Istanbul I ı İ,32.49,20.83,15\n")
        cases.write_shapefile(self.folder, "point", 22.64, 32.76)
        self.write("plan.json", {"workspace": "w.gpkg", "date": "2023-09-21", "steps": [
            {"command": "new", "options": {"overwrite": True}},
            {"command": "import", "source": ["sites.csv"], "options": {"to": "site"}},
            {"command": "import", "source": ["point.shp"], "options": {"to": "site", "set": {"site_id": "S3"}, "crs": "EPSG:4326"}},
            {"command": "import", "source": [str(DERNA / "cems" / "EMSR696_aois.geojson"),
                                             str(DERNA / "cems" / "EMSR696_AOI03_GRA_PRODUCT_builtUpP_v2.json")],
             "options": {"as": "cems"}},
            {"command": "damage", "options": {"by": "aoi"}},
            {"command": "map", "options": {"area": "EMSR696_AOI03", "output": "m.png", "overwrite": True}}]})

    def run_plan(self, *arguments, **more):
        """What the plan leaves and says."""
        for name in ("w.gpkg", "m.png"):
            pathlib.Path(name).unlink(missing_ok=True)
        before = set(os.listdir())
        done = support.run("run", "plan.json", *arguments, **more)
        self.assertEqual(set(os.listdir()) - before, {"w.gpkg", "m.png"}, done.stderr)
        return done.returncode, done.stdout, done.stderr, digest("w.gpkg"), digest("m.png")

    def new_workspace(self):
        self.assertEqual(support.run("new", "w.gpkg", "--overwrite", "--date", "2023-09-21").returncode, 0)
        return digest("w.gpkg")

    def write_many(self, rows):
        self.write("many.csv", "site_id,name,lat,lon\n" + "".join(f"M{i},a place of many,32.{i % 100:02},22.5\n" for i in range(rows)))

    def said_once(self, done, *words):
        """One sentence of ours."""
        said = done.stderr.splitlines()
        self.assertEqual(len(said), 1, done.stderr)
        self.assertTrue(said[0].startswith("sitemap"), said)
        self.assertNotRegex(done.stderr, cases.FOREIGN)
        for word in words:
            self.assertIn(word, done.stderr)

    def nothing_left(self):
        self.assertEqual([name for name in os.listdir() if name.endswith(cases.LEFT_OVER)], [])

    # ---- variables and threads

    def test_variables_change_nothing(self):
        wanted = self.run_plan()
        self.assertEqual(wanted[0], 0, wanted[2])
        for name, changes in VARIABLES.items():
            with self.subTest(name):
                self.assertEqual(self.run_plan(env=environment(changes)), wanted)

    def test_threads_change_nothing(self):
        wanted = self.run_plan("--threads", "1")
        for count in ("2", "64"):
            with self.subTest(count):
                self.assertEqual(self.run_plan("--threads", count), wanted)
        for nonsense in ("-1", "two", "1e3", "", "99999999999999999999", "2.5", "0x2"):
            with self.subTest(nonsense):
                done = support.run("run", "plan.json", f"--threads={nonsense}")
                self.assertEqual((done.returncode, done.stdout), (2, ""))
                self.said_once(done, "threads")

    def test_folders_of_the_program_that_are_wrong(self):
        self.write("file", "")
        for variable in ("SITEMAP_DATA", "SITEMAP_STYLES"):
            for wrong in ("/nonexistent", "/", "file", "x" * 5000):
                with self.subTest(variable, wrong=wrong[:20]):
                    done = support.run("new", "n.gpkg", env=environment({variable: wrong}))
                    self.assertEqual(done.returncode, 1)
                    self.said_once(done, variable)
                    self.assertFalse(os.path.exists("n.gpkg"))

    def test_folders_of_proj_that_are_wrong(self):
        for variable in ("PROJ_LIB", "PROJ_DATA", "PROJ_AUX_DB"):
            with self.subTest(variable):
                done = support.run("new", "n.gpkg", env=environment({variable: "/nonexistent"}))
                if done.returncode:  # which of them are asked depends on the version of PROJ
                    self.said_once(done, variable, "proj.db")
                self.assertEqual(os.path.exists("n.gpkg"), done.returncode == 0)

    # ---- standard input and outputs

    def test_closed_from_the_start(self):
        """No file that the program opens may become one of the three and be written into."""
        wanted = self.run_plan()
        for closed in ("0", "1", "2", "01", "12", "012"):
            shell = 'exec "$@" ' + " ".join(f"{fd}{'<' if fd == '0' else '>'}&-" for fd in closed)
            with self.subTest(closed):
                code, *_, workspace, sheet = self.run_plan(before=["sh", "-c", shell, "sh"])
                self.assertEqual(code, 1 if "1" in closed else 0)
                self.assertEqual((workspace, sheet), wanted[3:])

    def test_a_full_device(self):
        self.new_workspace()
        typed = (["info", "w.gpkg"], ["info", "w.gpkg", "--json"], ["import", "sites.csv", "-w", "w.gpkg", "--to", "site"],
                 ["--help"], ["--version"], ["--json-usage"], ["--completion", "bash"], ["--man", "import"], ["import", "--help"])
        for words in typed:
            with self.subTest(words), open("/dev/full", "w", encoding="ascii") as full:
                done = subprocess.run([support.PROGRAM, *words], stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=60)
                self.assertEqual(done.returncode, 1)
                self.said_once(done, "could not be printed")
        self.assertTrue(is_sound("w.gpkg"))

    def test_a_pipe_that_nobody_reads(self):
        """As in "sitemap info w.gpkg | head -0": the signal ends it, or nothing was left to be said."""
        self.new_workspace()
        typed = (["info", "w.gpkg", "--verbose"], ["--json-usage"], ["run", "plan.json"])
        for words in typed:
            with self.subTest(words):
                end, pipe = os.pipe()
                os.close(end)
                done = subprocess.run([support.PROGRAM, *words], stdout=pipe, stderr=subprocess.PIPE, text=True, check=False, timeout=60)
                os.close(pipe)
                self.assertEqual((done.returncode, done.stderr), (-signal.SIGPIPE, ""))
                self.nothing_left()
                self.assertTrue(is_sound("w.gpkg"))

    # ---- other programs and signals

    def test_two_at_once_lose_nothing(self):
        """Two imports into one workspace: each is in it, or has said that it is not."""
        self.new_workspace()
        for name in "ab":
            self.write(name + ".csv", "site_id,lat,lon\n" + "".join(f"{name}{i},32.5,22.5\n" for i in range(2000)))
        running = {name: subprocess.Popen([support.PROGRAM, "import", name + ".csv", "-w", "w.gpkg", "--to", "site"],
                                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for name in "ab"}
        said = {name: process.communicate(timeout=120)[1] for name, process in running.items()}
        self.assertIn(0, {process.returncode for process in running.values()}, said)
        there = sqlite3.connect("w.gpkg").execute("SELECT substr(site_id, 1, 1), count(*) FROM site GROUP BY 1").fetchall()
        for name, process in running.items():
            self.assertIn(process.returncode, (0, 1), said[name])
            self.assertEqual((name, 2000) in there, process.returncode == 0, said[name])
            if process.returncode:
                self.assertRegex(said[name], "another program")
        self.assertTrue(is_sound("w.gpkg"))
        self.nothing_left()

    def test_signals_end_it_soon_and_leave_what_was(self):
        before = self.new_workspace()
        self.write_many(400_000)
        for i, after in enumerate(SIGNALLED_AFTER_S):
            number = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)[i % 3]
            with self.subTest(after, signal=number.name):
                process = subprocess.Popen([support.PROGRAM, "import", "many.csv", "-w", "w.gpkg", "--to", "site"],
                                           stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                time.sleep(after)
                process.send_signal(number)
                start = time.monotonic()
                said = process.communicate(timeout=60)[1]
                self.assertLess(time.monotonic() - start, 2)
                self.assertEqual(process.returncode, -number, said)
                self.assertNotRegex(said, cases.FOREIGN)
                self.assertTrue(is_sound("w.gpkg"))  # whoever opens it rolls back what was not finished
                self.nothing_left()
                self.assertEqual(digest("w.gpkg"), before)

    # ---- disks

    def test_files_may_not_grow(self):
        """A limit on the size of files: its signal does not end the program before its sentence."""
        before = self.new_workspace()
        self.write_many(20_000)
        limit = os.path.getsize("w.gpkg") + 200_000

        def bound():
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        for typed, word in ((["import", "many.csv", "-w", "w.gpkg", "--to", "site"], "larger than is allowed"), (["new", "other.gpkg"], "disk")):
            with self.subTest(typed):
                if typed[0] == "new":
                    limit = 10_000
                done = support.run(*typed, preexec_fn=bound)
                self.assertEqual(done.returncode, 1, done)
                self.said_once(done, ".gpkg", word)
                self.assertTrue(is_sound("w.gpkg"))
                self.assertEqual(digest("w.gpkg"), before)
                self.assertFalse(os.path.exists("other.gpkg"))
                self.nothing_left()

    def on_a_small_disk(self, options, fill, *typed):
        """The words typed in a folder that is a disk of its own, with w.gpkg in it and `fill` KB free; afterwards what is there
        lies in `kept`. None where nothing may be mounted."""
        script = f"""mkdir disk kept && mount -t tmpfs -o size=8m tmpfs disk || exit 77
            cp w.gpkg disk/ && {fill and f'head -c $((8192 * 1024 - $(stat -c %s w.gpkg) - {fill} * 1024)) /dev/zero > disk/fill &&' or ''}
            mount -o remount,{options} disk || exit 77
            cd disk && "$@"; code=$?; cd .. && cp disk/w.gpkg kept/ && ls -A disk > kept/names; exit $code"""
        done = subprocess.run(["unshare", "-m", "sh", "-c", script, "sh", support.PROGRAM, *typed], capture_output=True, text=True,
                              check=False, timeout=120)
        return None if done.returncode == 77 or "unshare" in done.stderr else done

    def test_a_full_disk(self):
        before = self.new_workspace()
        self.write_many(100_000)
        done = self.on_a_small_disk("rw", 600, "import", "../many.csv", "-w", "w.gpkg", "--to", "site")
        if done is None:
            self.skipTest("no right to mount")
        self.assertEqual(done.returncode, 1, done)
        self.said_once(done, "w.gpkg", "disk is full")
        self.assertEqual(digest("kept/w.gpkg"), before)
        self.assertEqual(pathlib.Path("kept/names").read_text(encoding="ascii").split(), ["fill", "w.gpkg"])

    def test_a_disk_that_is_read_only(self):
        before = self.new_workspace()
        done = self.on_a_small_disk("ro", 0, "import", "../sites.csv", "-w", "w.gpkg", "--to", "site")
        if done is None:
            self.skipTest("no right to mount")
        self.assertEqual(done.returncode, 1, done)
        self.said_once(done, "w.gpkg", "read-only")
        self.assertEqual(digest("kept/w.gpkg"), before)


if __name__ == "__main__":
    unittest.main()
