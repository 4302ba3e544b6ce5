"""Drawing what is compared: the scenes of the unit tests, and the sheets of the demo, into a folder of the build."""
import concurrent.futures
import json
import os
import pathlib
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
DERNA = ROOT / "data" / "derna"
LANGS = ("en", "ar", "both")
LIST = json.loads((HERE / "pictures.json").read_text(encoding="utf-8"))
REJECTED = 3  # exit code: some rows of the demo are rejected on purpose


def demo_names():
    return [picture_name(entry, page, lang) for entry in LIST["sheets"] for page, langs in entry["draw"].items() for lang in langs]


def scene_names():
    return [f"scene_{sheet}_{lang}.png" for sheet in ("overview", "hazard", "access") for lang in LANGS]


def picture_name(entry, page, lang):
    return f"{entry['sheet']}_{page}_{lang}.png"


class Drawing:
    def __init__(self, build, what):
        self.build = pathlib.Path(build).resolve()
        self.folder = self.build / "golden"
        self.program = self.build / "cli" / "sitemap"
        self.tool = self.build / "tests" / "golden" / "golden_picture"
        self.what = what  # tests at the same time keep apart
        self.folder.mkdir(parents=True, exist_ok=True)

    def run(self, *arguments, expect=(0,)):
        done = subprocess.run([str(a) for a in arguments], capture_output=True, text=True, encoding="utf-8", check=False, timeout=600,
                              env=dict(os.environ, SITEMAP_DATA=str(ROOT / "data"), SITEMAP_STYLES=str(ROOT / "styles")))
        if done.returncode not in expect:
            raise SystemExit(f"{' '.join(map(str, arguments))}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def empty(self, name):
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def scenes(self, folder):
        self.run(self.build / "tests" / "golden" / "golden_scenes", folder)

    def world(self, plan):
        """The workspace that a plan of the demo makes; its maps are not drawn."""
        steps = json.loads((DERNA / plan).read_text(encoding="utf-8"))
        steps["steps"] = [step for step in steps["steps"] if step["command"] != "map"]
        folder = self.empty(f"world-{self.what}-{pathlib.Path(plan).stem}")
        for path in DERNA.iterdir():
            if path.name != plan:
                (folder / path.name).symlink_to(path)
        (folder / plan).write_text(json.dumps(steps), encoding="utf-8")
        self.run(self.program, "run", folder / plan, "--output-dir", folder / "out", "--quiet", expect=(0, REJECTED))
        return folder / "out" / steps["workspace"], steps["date"]

    def worlds(self):
        return {plan: self.world(plan) for plan in sorted({entry["plan"] for entry in LIST["sheets"]})}

    def draw(self, world, entry, page, lang, path):
        """Draw one sheet; returns what was said of texts that were cut, "" when none was."""
        workspace, date = world
        done = self.run(self.program, "map", workspace, "--sheet", entry["sheet"], *as_in_plan(entry), *page, "--lang", lang,
                        "--dpi", LIST["dpi"], "--date", date, "-o", path, "--overwrite")
        return " ".join(line for line in done.stderr.splitlines() if "were cut" in line)

    def demo(self, folder):
        worlds = self.worlds()
        self.each((worlds[entry["plan"]], entry, LIST["pages"][page], lang, folder / picture_name(entry, page, lang))
                  for entry in LIST["sheets"] for page, langs in entry["draw"].items() for lang in langs)

    def each(self, jobs):
        """Draw all; (job, what was cut) of each."""
        jobs = list(jobs)
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            return list(zip(jobs, pool.map(lambda job: self.draw(*job), jobs)))

    def compare(self, old, new, difference):
        done = self.run(self.tool, "compare", old, new, difference, expect=(0, 1))
        return dict(json.loads(done.stdout), same=done.returncode == 0)


def as_in_plan(entry):
    steps = json.loads((DERNA / entry["plan"]).read_text(encoding="utf-8"))["steps"]
    options, = (step["options"] for step in steps if step["command"] == "map" and step["options"]["output"] == entry["like"])
    arguments = [f"--{key}={options[key]}" for key in ("area", "extent") if key in options]
    for key, value in {**options["set"], **entry.get("set", {})}.items():
        arguments += ["--set", f"{key}={value}"]
    return arguments
