"""A small invented town with everything in it that must not get out, each thing with a mark that can be searched for."""
import base64
import html
import io
import json
import os
import re
import shutil
import sqlite3
import struct
import subprocess
import tempfile
import zipfile
import zlib

import support

# A mark, and the audiences that may read it.
MARKS = {
    "household id": ("HH-MARK-4711", ("internal",)),
    "owner": ("OWNERMARK Abdalla", ("internal",)),
    "phone": ("+218 91 555 1234", ("internal",)),
    "phone run together": ("0925551235", ("internal",)),
    "phone in Arabic digits": ("٠٩١٥٥٥١٢٣٦", ("internal",)),
    "e-mail": ("marked.person@example.org", ("internal",)),
    "phone with commas": ("091,555,1237", ("internal",)),
    "e-mail written out": ("marked.person (at) example [dot] org", ("internal",)),
    "key of a service": ("MARKTOKEN77", ("internal",)),
    "passport": ("MP7654321", ("internal",)),
    "account": ("LY83002048000020100120361", ("internal",)),
    "form": ("0f8fad5b-d9cb-469f-a165-70867728950e", ("internal",)),
    "file": ("interviews_mark.xlsx", ("internal",)),
    "detention centre": ("DETMARK", ("internal",)),
    "site of unknown type": ("UNTYPEDMARK", ("internal",)),
    "internal site": ("INTERNALMARK", ("internal",)),
    "safe space": ("SAFEMARK", ("internal",)),
    "confidential service": ("CONFMARK", ("internal",)),
    "shelter of a survivor": ("GBVMARK", ("internal",)),
    "confidential channel": ("FEEDMARK", ("internal",)),
    "restricted site": ("RESTRICTEDMARK", ("internal", "humanitarian")),
    "public site": ("OPENMARK", ("internal", "humanitarian", "public")),
    "hospital": ("HOSPITALMARK", ("internal", "humanitarian", "public")),
}

# Positions whose coordinates must not get out, and who may read them.
PLACES = {
    "household": ((22.63111, 32.76111), ("internal",)),
    "detention centre": ((22.63222, 32.76222), ("internal",)),
    "safe space": ((22.63333, 32.76333), ("internal",)),
    "confidential service": ((22.63444, 32.76444), ("internal",)),
    "restricted site": ((22.63555, 32.76555), ("internal", "humanitarian")),
    "public site": ((22.63666, 32.76666), ("internal", "humanitarian")),
}

FILES = {
    "admin": """pcode,level,name_en,name_ar,source,WKT
LY0101,2,Derna,درنة,Bureau of Statistics,"POLYGON ((22.5 32.6,22.8 32.6,22.8 32.9,22.5 32.9,22.5 32.6))"
LY010102,3,Derna town,مدينة درنة,Bureau of Statistics,"POLYGON ((22.6 32.7,22.7 32.7,22.7 32.8,22.6 32.8,22.6 32.7))"
""",
    "site": """site_id,name_en,site_type,status,owner,pcode,sensitivity,capacity,source,lat,lon
s-open,OPENMARK school,collective_centre,open,OWNERMARK Abdalla,LY010102,public,300,Field team,32.76666,22.63666
s-restr,RESTRICTEDMARK hall,collective_centre,open,,LY010102,restricted,200,Field team +218 91 555 1234,32.76555,22.63555
s-det,DETMARK,detention_centre,open,,LY010102,public,80,Field team,32.76222,22.63222
s-untyped,UNTYPEDMARK,,open,,LY010102,public,80,Field team,32.761,22.637
s-int,INTERNALMARK,collective_centre,open,,LY010102,internal,80,Field team,32.762,22.638
""",
    "site_round": """site_id,round,date,households,individuals,source
s-open,7,2023-09-20,3,14,Field team
s-restr,7,2023-09-20,12,61,interviews_mark.xlsx
s-open,6,2023-08-20,9,41,Field team https://kf.example.org/data?token=MARKTOKEN77 passport MP7654321
s-det,7,2023-09-20,9,44,DETMARK visit
""",
    "service": """service_id,name_en,sector,service_type,status,confidential,site_id,pcode,source,lat,lon
v-hosp,HOSPITALMARK,health,hospital,functional,,,LY010102,Field team 0925551235,32.765,22.64
v-safe,SAFEMARK,gbv,safe_space,functional,no,,LY010102,Field team,32.76333,22.63333
v-conf,CONFMARK,health,clinic,functional,yes,,LY010102,Field team,32.76444,22.63444
v-gbv,GBVMARK,protection,protection_desk,functional,,,LY010102,Field team,32.7641,22.6341
v-indet,DETMARK clinic,health,clinic,functional,no,s-det,LY010102,Field team,32.76222,22.63222
""",
    "feedback": """feedback_id,site_id,pcode,kind,operator,functional,confidential,languages,source
f-1,s-open,LY010102,hotline,Call ٠٩١٥٥٥١٢٣٦ or marked.person@example.org,yes,no,ar,Field team
f-2,s-open,LY010102,desk,FEEDMARK,yes,yes,ar,Field team
""",
    "household": """household_id,building_id,site_id,pcode,population_group,size,head_sex,source,lat,lon
HH-MARK-4711,b-1,s-open,LY010102,idp,3,female,uuid:0f8fad5b-d9cb-469f-a165-70867728950e,32.76111,22.63111
""",
    "road": """road_id,name_en,class,source,WKT
r-1,Main,primary,Field team 0f8fad5b-d9cb-469f-a165-70867728950e,"LINESTRING (22.62 32.76,22.65 32.77)"
""",
    "area_round": """pcode,round,date,population_group,households,individuals,source
LY010102,7,2023-09-20,idp,40,203,Field team
LY010102,7,2023-09-20,migrant,1,3,Field team
LY010102,7,2023-09-20,returnee,2,11,"Field team 091,555,1237; pay LY83002048000020100120361 or write to marked.person (at) example [dot] org"
""",
    "hazard": """hazard_id,hazard,class,source,WKT
h-1,flood,high,Field team,"POLYGON ((22.62 32.755,22.65 32.755,22.65 32.764,22.62 32.764,22.62 32.755))"
""",
}


def build(test, workspace="w.gpkg"):
    """The workspace, in the current folder."""
    support.run("new", workspace)
    for layer, text in FILES.items():
        test.write(f"{layer}.csv", text)
        done = support.run("import", f"{layer}.csv", "-w", workspace, "--to", layer, "--crs", "EPSG:4326")
        test.assertEqual(done.returncode, 0, layer + done.stdout + done.stderr)
    return workspace


def needles(audience):
    """Bytes that must not stand in an output for the audience: marks as text, positions as doubles and as digits."""
    for what, (mark, seen_by) in MARKS.items():
        if audience not in seen_by:
            for text in {mark, mark.replace(" ", "")}:
                yield what, text.encode()
                yield what, text.encode("utf-16-le")
                yield what, text.encode("utf-16-be")
    for what, (place, seen_by) in PLACES.items():
        if audience not in seen_by:
            for number in place:
                yield what + " (position)", struct.pack("<d", number)
                yield what + " (position)", struct.pack(">d", number)
                yield what + " (position)", str(number).encode()


def inflated(content, window=zlib.MAX_WBITS):
    try:
        return zlib.decompressobj(window).decompress(content)
    except zlib.error:
        return b""


def chunks_of_png(content):
    """The texts of a PNG, unpacked."""
    at = 8
    while at + 8 <= len(content):
        size, kind = struct.unpack(">I4s", content[at:at + 8])
        body = content[at + 8:at + 8 + size]
        if kind == b"zTXt":
            yield inflated(body.partition(b"\0")[2][1:])
        elif kind == b"iTXt":
            key, _, rest = body.partition(b"\0")
            yield key + b" " + (inflated(rest[2:].split(b"\0", 2)[2]) if rest[:1] == b"\1" else rest)
        at += 12 + size


def cells_of_database(content):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "d.gpkg")
        with open(path, "wb") as file:
            file.write(content)
        database = sqlite3.connect(path)
        database.text_factory = bytes
        assert database.execute("PRAGMA freelist_count").fetchone() == (0,), "pages that nobody uses are left in the file"
        names = [name.decode() for name, in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            if name.startswith("rtree_") and name.rpartition("_")[2] not in ("node", "parent", "rowid"):
                continue
            for row in database.execute(f'SELECT * FROM "{name}"'):
                yield b" ".join(str(cell).encode() if isinstance(cell, (int, float)) else cell or b"" for cell in row)
                for cell in row:
                    if isinstance(cell, bytes) and len(cell) > 40:
                        yield cell
        yield b"\n".join(row[0] or b"" for row in database.execute("SELECT sql FROM sqlite_master"))
        database.close()


def words_of_pdf(content):
    """What a reader can select in it, if poppler is there."""
    if not shutil.which("pdftotext"):
        return b""
    return subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=False, timeout=60).stdout


def unpacked(content, depth=0):
    """The bytes of a file, and of all that is in it: members of archives, streams of PDFs, texts of pictures, cells of databases, whatever of
    that is written in hexadecimal digits or base 64, and texts without the escapes of XML and JSON."""
    yield content
    inner = []
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inner += [part for name in archive.namelist() for part in (name.encode(), archive.read(name))]
    if content[:8] == b"\x89PNG\r\n\x1a\n":
        inner += chunks_of_png(content)
    if content[:15] == b"SQLite format 3":
        inner += cells_of_database(content)
    if content[:5] == b"%PDF-":
        inner += [inflated(content[start.end():]) for start in re.finditer(rb"stream\r?\n", content)] + [words_of_pdf(content)]
        inner += [bytes.fromhex(digits.decode()) for digits in re.findall(rb"<((?:[0-9A-Fa-f]{2}){2,})>", content)]
    if content[:2] == b"\x1f\x8b":
        inner.append(inflated(content, 16 + zlib.MAX_WBITS))
    if len(content) > 40 and re.fullmatch(rb"(?:[0-9A-Fa-f]{2})+", content):
        inner.append(bytes.fromhex(content.decode()))
    inner += [base64.b64decode(text + b"==", validate=False) for text in re.findall(rb"base64,([A-Za-z0-9+/]{40,})", content)]
    if content[:1] in b"{[":
        try:
            inner.append(json.dumps(json.loads(content), ensure_ascii=False).encode())
        except ValueError:
            pass
    if b"&" in content and content[:1] == b"<":
        text = html.unescape(content.decode("utf-8", "replace")).encode()
        inner += [text] if text != content else []
    for part in inner:
        if part and depth < 6:
            yield from unpacked(part, depth + 1)
