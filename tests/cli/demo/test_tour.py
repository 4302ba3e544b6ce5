"""The five minutes of README.md, word for word: every line does what it says (0, or 3 where rows are rejected)."""
import os
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
lines = [line.strip() for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines() if line.startswith("    sitemap ")]
assert len(lines) >= 5, "README.md has no tour"

with tempfile.TemporaryDirectory() as folder:
    os.symlink(ROOT / "data", Path(folder) / "data")
    program = Path(folder) / "bin"
    program.mkdir()
    os.symlink(os.environ["SITEMAP"], program / "sitemap")
    env = {**os.environ, "PATH": f"{program}:{os.environ['PATH']}"}
    for line in lines:
        done = subprocess.run(["bash", "-c", line], cwd=folder, env=env, capture_output=True, text=True)
        assert done.returncode in (0, 3), f"{line}: exit {done.returncode}: {done.stderr}"
    assert (Path(folder) / "try.png").stat().st_size > 10000
print(f"tour: {len(lines)} lines")
