"""Every #include goes downward: the module table of architecture.md holds, and the picture there shows the same."""
import re
import tree

STANDARD = set("""assert ctype errno fcntl fenv float inttypes limits locale math stdalign stdarg stdatomic stdbool stddef stdint
 stdio stdlib string time unistd wchar dirent getopt iconv langinfo libgen pthread signal strings sys/file sys/mman sys/stat sys/time
 sys/types sys/ioctl sys/resource sys/wait sys/param spawn endian""".split())
INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.M)


def read_modules():
    modules = {}
    for name, below, foreign in tree.table("module"):
        rules = []
        for rule in filter(None, (part.strip() for part in (foreign or "").split(","))):
            header, _, files = rule.partition(":")
            rules.append((header.strip(), files.split()))
        modules[name] = ((below or "").split(), rules)
    return modules


def check_picture(modules):
    layers = tree.picture()
    height = {}
    for depth, words in enumerate(reversed(layers)):
        for word in words:
            if word in modules:
                height.setdefault(word, depth)
    for name, (below, _) in modules.items():
        if name not in height:
            yield f"architecture.md: the picture does not show {name}"
            continue
        for other in below:
            if other not in modules:
                yield f"architecture.md: {name} may include {other}, which is no module"
            elif other in height and height[other] >= height[name]:
                yield f"architecture.md: {name} may include {other}, but the picture does not show it below"


def check_folders(modules):
    folders = {path.name for path in tree.SOURCES.iterdir() if path.is_dir()}
    for name in sorted(folders - modules.keys()):
        yield f"libsitemap/src/{name}: no row in the module table of architecture.md"
    for name in sorted(modules.keys() - folders - {"cli"}):
        yield f"architecture.md: module {name} has no folder in libsitemap/src"


def allowed(module, path, header, quoted, modules):
    below, foreign = modules[module]
    if header == "sitemap.h" or header.startswith("sitemap/"):
        return True
    if quoted:
        owner = header.split("/")[0] if "/" in header else None
        if module == "cli":
            return owner is None
        return owner == module or owner in below
    if header.removesuffix(".h") in STANDARD:
        return True
    return any(header.startswith(start) and (not files or path.name in files) for start, files in foreign)


def main():
    modules = read_modules()
    faults = list(check_picture(modules)) + list(check_folders(modules))
    counted = 0
    homes = {name: tree.SOURCES / name for name in modules}
    homes["cli"] = tree.ROOT / "cli"
    for module, folder in homes.items():
        for path in sorted(folder.rglob("*.[ch]")):
            counted += 1
            for kind, header in INCLUDE.findall(path.read_text(encoding="utf-8")):
                if not allowed(module, path, header, kind == '"', modules):
                    faults.append(f"{path.relative_to(tree.ROOT)}: may not include {header} (architecture.md, module table)")
    for path in sorted((tree.ROOT / "libsitemap" / "include").rglob("*.h")):
        counted += 1
        for kind, header in INCLUDE.findall(path.read_text(encoding="utf-8")):
            if not header.startswith("sitemap/") and header.removesuffix(".h") not in STANDARD:
                faults.append(f"{path.relative_to(tree.ROOT)}: a public header may not include {header}")
    tree.finish("includes", faults, counted)


main()
