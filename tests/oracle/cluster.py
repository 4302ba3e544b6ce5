"""A PostgreSQL server with PostGIS of the test's own: in a temporary folder, on a socket there, gone when the test ends."""
import glob
import os
import pathlib
import shutil
import subprocess
import tempfile


class Missing(Exception):
    """PostGIS is not installed."""


def programs():
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4]))
    for path in reversed(found):
        version = path.split("/")[4]
        if os.path.exists(f"/usr/share/postgresql/{version}/extension/postgis.control"):
            return pathlib.Path(path).parent
    raise Missing("needs PostGIS (postgresql-15-postgis-3)")


class Cluster:
    """with Cluster() as cluster: cluster.sql("select 1") -> "1"; rows as lines, columns by tab."""

    def __enter__(self):
        self.bin = programs()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sitemap-pg-"))
        # The server refuses to run as root: the folder then belongs to the user that the package made.
        self.user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        try:
            if self.user:
                shutil.chown(self.folder, "postgres")
            self.data = self.folder / "data"
            self.call("initdb", "-D", self.data, "-A", "trust", "-U", "oracle", "--no-sync", "--locale=C.UTF-8", "-E", "UTF8")
            settings = f"-k {self.folder} -h '' -F -c fsync=off -c shared_buffers=128MB -c jit=off -c max_parallel_workers_per_gather=0"
            self.call("pg_ctl", "-D", self.data, "-w", "-l", self.folder / "log", "-o", settings, "start")
            self.sql("create extension postgis")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        subprocess.run([*self.user, self.bin / "pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop"], cwd="/",
                       capture_output=True, check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def call(self, program, *arguments):
        # pg_ctl leaves a server behind that keeps the pipes: it gets files.
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            subprocess.run([*self.user, self.bin / program, *arguments], check=True, cwd="/", stdout=nowhere, stderr=nowhere,
                           stdin=subprocess.DEVNULL, timeout=120)

    def sql(self, text):
        done = subprocess.run([self.bin / "psql", "-h", self.folder, "-U", "oracle", "-d", "postgres", "-X", "-q", "-A", "-t",
                               "-F", "\t", "-v", "ON_ERROR_STOP=1"], input=text, capture_output=True, text=True, cwd="/",
                              timeout=600, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout.rstrip("\n")
