"""A page of differences for people: one file, old and new on top of each other with a slider, and what changed beside them."""
import base64
import html

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>%(title)s</title>
<style>
body { font: 15px/1.45 system-ui, sans-serif; margin: 1.5rem; color: #1f1f1f; background: #fff; }
h2 { margin: 2rem 0 .2rem; font-size: 1.1rem; } p { margin: .2rem 0 .6rem; color: #444; max-width: 60rem; }
.row { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start; } figure { margin: 0; max-width: 49%%; }
img { display: block; max-width: 100%%; border: 1px solid #999; } figcaption { font-size: .85rem; color: #555; }
.over { position: relative; } .over img + img { position: absolute; left: 0; top: 0; clip-path: inset(0 0 0 50%%); }
input[type=range] { width: 100%%; margin: .3rem 0; }
</style></head><body>
<h1>%(title)s</h1><p>%(about)s</p>
%(parts)s
<script>
document.querySelectorAll(".pair").forEach(function (pair) {
  var top = pair.querySelector(".over img + img"), range = pair.querySelector("input"), timer = null;
  if (!top) return;
  function cut() { top.style.clipPath = "inset(0 0 0 " + range.value + "%%)"; }
  range.addEventListener("input", cut);
  pair.querySelector("button").addEventListener("click", function () {
    if (timer) { clearInterval(timer); timer = null; cut(); return; }
    var shown = false;
    timer = setInterval(function () { shown = !shown; top.style.clipPath = shown ? "none" : "inset(0 0 0 100%%)"; }, 600);
  });
});
</script></body></html>
"""


def image(data, text):
    return f'<img alt="{html.escape(text)}" src="data:image/png;base64,{base64.b64encode(data).decode()}">'


def figures(found):
    """A sentence about what golden_picture compare found."""
    if not found["same_size"]:
        return "The pictures are of different sizes."
    share = found["beyond"] / found["pixels"]
    return (f"{found['beyond']} of {found['pixels']} pixels ({100 * share:.3f} %) are off by more than {found['near']} of 255, "
            f"{found['worst_tile']} of them within {found['tile']} x {found['tile']} at ({found['worst_x']}, {found['worst_y']}); allowed are "
            f"{found['million'] / 10000:g} % and {found['tile_pixels']}. {found['any']} pixels differ at all, by {found['largest']} at most.")


def part(name, said, old, new, difference):
    """Bytes of PNG pictures; None where there is none."""
    text = f'<h2>{html.escape(name)}</h2><p>{html.escape(said)}</p><div class="row pair">'
    if old and new:
        text += (f'<figure><div class="over">{image(old, "old " + name)}{image(new, "new " + name)}</div>'
                 '<input type="range" min="0" max="100" value="50" aria-label="left of here the old picture, right of it the new one">'
                 '<figcaption>old | new <button type="button">blink</button></figcaption></figure>')
        if difference:
            text += f"<figure>{image(difference, 'difference of ' + name)}<figcaption>what changed: red; within the tolerance: orange</figcaption></figure>"
        text += "</div><div class='row'>"
    for data, caption in ((old, "old"), (new, "new")):
        text += f"<figure>{image(data, caption + ' ' + name)}<figcaption>{caption}</figcaption></figure>" if data else ""
    return text + "</div>"


def write(path, title, about, parts):
    path.write_text(PAGE % {"title": html.escape(title), "about": html.escape(about), "parts": "\n".join(parts)}, encoding="utf-8")
    return path
