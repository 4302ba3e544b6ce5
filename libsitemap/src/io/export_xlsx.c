/* Office Open XML (ECMA-376), the least of it that spreadsheets open: a sheet a layer, a style each for dates, times
 * and headings. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "col/cell.h"
#include "io/export.h"
#include "io/zip_store.h"

enum { STYLE_DATE = 1, STYLE_TIME, STYLE_HEAD };
enum { DAYS_TO_1970 = 25569, MS_A_DAY = 86400000, NAME_MOST = 31 };

static const char HEAD[] = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
static const char MAIN[] = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
static const char RELATIONS[] = "http://schemas.openxmlformats.org/package/2006/relationships";
static const char OFFICE[] = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/* A cell's place, "AB12": readers may not count themselves. */
typedef struct place {
    char text[24];
} place;

static place place_of(int column, int64_t row) {
    place at;
    char letters[8];
    int n = 0;
    for (int c = column + 1; c > 0; c = (c - 1) / 26) letters[n++] = (char)('A' + (c - 1) % 26);
    for (int i = 0; i < n; i++) at.text[i] = letters[n - 1 - i];
    snprintf(at.text + n, sizeof at.text - (size_t)n, "%lld", (long long)row);
    return at;
}

/* How much of a text a cell holds: 32,767 units of UTF-16, and no half character. */
static size_t cell_bytes(const char *text, size_t len) {
    enum { UNITS_MOST = 32767, FIRST_OF_TWO_UNITS = 0x10000 };
    size_t at = 0;
    if (len <= UNITS_MOST) return len; /* no character has more units than bytes */
    for (int units = 0; at < len;) {
        size_t next = at;
        units += smap__utf8_next(text, len, &next) < FIRST_OF_TWO_UNITS ? 1 : 2;
        if (units > UNITS_MOST) break;
        at = next;
    }
    return at;
}

/* False: the text was cut. */
static bool put_inline(smap__str *out, place at, const char *text, size_t len, int style) {
    size_t kept = cell_bytes(text, len);
    smap__str_printf(out, "<c r=\"%s\" t=\"inlineStr\" s=\"%d\"><is><t xml:space=\"preserve\">", at.text, style);
    smap__str_put_xml(out, text, kept);
    smap__str_put(out, "</t></is></c>");
    return kept == len;
}

static void put_real(smap__str *out, place at, double value, int style) {
    smap__str_printf(out, "<c r=\"%s\" s=\"%d\"><v>", at.text, style);
    smap__str_put_real(out, value);
    smap__str_put(out, "</v></c>");
}

/* False: its text was cut. */
static bool put_cell(smap__str *out, place at, const smap_column *c, int64_t row) {
    size_t len;
    if (smap_column_is_null(c, row) || c->type == SMAP_BLOB || (c->type == SMAP_FLOAT64 && !isfinite(c->v.f[row])))
        return true;
    switch (c->type) {
    case SMAP_BOOL:
        smap__str_printf(out, "<c r=\"%s\" t=\"b\"><v>%d</v></c>", at.text, c->v.b[row]);
        break;
    case SMAP_INT64:
        smap__str_printf(out, "<c r=\"%s\"><v>%lld</v></c>", at.text, (long long)c->v.i[row]);
        break;
    case SMAP_FLOAT64:
        put_real(out, at, c->v.f[row], 0);
        break;
    case SMAP_DATE:
        put_real(out, at, (double)(c->v.i[row] + DAYS_TO_1970), STYLE_DATE);
        break;
    case SMAP_TIMESTAMP:
        put_real(out, at, (double)c->v.i[row] / MS_A_DAY + DAYS_TO_1970, STYLE_TIME);
        break;
    default: {
        const char *text = smap_column_text(c, row, &len);
        return put_inline(out, at, text, len, 0);
    }
    }
    return true;
}

/* A part of a layer that fills a sheet. */
typedef struct part {
    smap__export_layer *layer;
    int64_t from, to; /* rows */
    int number;       /* among those of the layer, from 1 */
} part;

static void put_heads(smap__str *out, const smap_table *table, bool points) {
    int columns = smap_table_columns(table);
    smap__str_put(out, "<row r=\"1\">");
    for (int i = 0; i < columns; i++) {
        const char *name = smap_table_at(table, i)->name;
        put_inline(out, place_of(i, 1), name, strlen(name), STYLE_HEAD);
    }
    if (points) put_inline(out, place_of(columns, 1), "longitude", 9, STYLE_HEAD);
    if (points) put_inline(out, place_of(columns + 1, 1), "latitude", 8, STYLE_HEAD);
    smap__str_put(out, "</row>\n");
}

static void put_row(smap__str *out, smap__export_layer *layer, int64_t row, int64_t line) {
    const smap_layer *l = layer->layer;
    int columns = smap_table_columns(l->table);
    double x, y;
    bool point = smap__export_point(l, row, &x, &y);
    smap__str_printf(out, "<row r=\"%lld\">", (long long)line);
    for (int i = 0; i < columns; i++) layer->cut += !put_cell(out, place_of(i, line), smap_table_at(l->table, i), row);
    if (point) put_real(out, place_of(columns, line), round(x * 1e7) / 1e7, 0);
    if (point) put_real(out, place_of(columns + 1, line), round(y * 1e7) / 1e7, 0);
    smap__str_put(out, "</row>\n");
    layer->left_out += !point && l->geometry && l->geometry->type[row] != SMAP_GEOM_NULL;
}

/* The heading stays where it is while rows move; every column can be filtered. */
static smap_status put_sheet(const smap__export *e, smap__str *out, const part *p, smap_error *err) {
    const smap_layer *l = p->layer->layer;
    bool points = smap__export_has_points(l);
    int columns = smap_table_columns(l->table) + (points ? 2 : 0);
    smap_status status = SMAP_OK;
    smap__str_printf(out,
                     "%s<worksheet xmlns=\"%s\"><sheetViews><sheetView%s workbookViewId=\"0\"><pane ySplit=\"1\" "
                     "topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>"
                     "<sheetData>",
                     HEAD, MAIN, e->arabic ? " rightToLeft=\"1\"" : "");
    put_heads(out, l->table, points);
    for (int64_t row = p->from; row < p->to && status == SMAP_OK; row++) {
        status = smap__export_poll(e, row, err);
        put_row(out, p->layer, row, row - p->from + 2); /* the heading is the first */
    }
    smap__str_put(out, "</sheetData>");
    if (columns) smap__str_printf(out, "<autoFilter ref=\"A1:%s\"/>", place_of(columns - 1, p->to - p->from + 1).text);
    smap__str_put(out, "</worksheet>");
    return status == SMAP_OK ? smap__export_done(out, err) : status;
}

static void put_types(smap__str *out, int sheets) {
    static const char type[] = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    smap__str_printf(out,
                     "%s<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                     "<Default Extension=\"rels\" "
                     "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                     "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                     "<Override PartName=\"/xl/workbook.xml\" ContentType=\"%s.sheet.main+xml\"/>"
                     "<Override PartName=\"/xl/styles.xml\" ContentType=\"%s.styles+xml\"/>",
                     HEAD, type, type);
    for (int i = 1; i <= sheets; i++)
        smap__str_printf(out, "<Override PartName=\"/xl/worksheets/sheet%d.xml\" ContentType=\"%s.worksheet+xml\"/>", i,
                         type);
    smap__str_put(out, "</Types>");
}

/* "site", and "site (2)" where a layer goes on. */
static void put_name(smap__str *out, const part *p) {
    char suffix[24] = "";
    if (p->number > 1) snprintf(suffix, sizeof suffix, " (%d)", p->number);
    smap__str_printf(out, "%.*s%s", NAME_MOST - (int)strlen(suffix), p->layer->layer->name, suffix);
}

static void put_book(smap__str *out, const part *sheet, int sheets) {
    smap__str_printf(out, "%s<workbook xmlns=\"%s\" xmlns:r=\"%s\"><sheets>", HEAD, MAIN, OFFICE);
    for (int i = 0; i < sheets; i++) {
        smap__str_put(out, "<sheet name=\"");
        put_name(out, &sheet[i]);
        smap__str_printf(out, "\" sheetId=\"%d\" r:id=\"rId%d\"/>", i + 1, i + 1);
    }
    smap__str_put(out, "</sheets></workbook>");
}

static void put_book_relations(smap__str *out, int sheets) {
    smap__str_printf(out, "%s<Relationships xmlns=\"%s\">", HEAD, RELATIONS);
    for (int i = 1; i <= sheets; i++)
        smap__str_printf(out, "<Relationship Id=\"rId%d\" Type=\"%s/worksheet\" Target=\"worksheets/sheet%d.xml\"/>", i,
                         OFFICE, i);
    smap__str_printf(out, "<Relationship Id=\"rId%d\" Type=\"%s/styles\" Target=\"styles.xml\"/></Relationships>",
                     sheets + 1, OFFICE);
}

static void put_styles(smap__str *out) {
    smap__str_printf(out,
                     "%s<styleSheet xmlns=\"%s\"><numFmts count=\"2\"><numFmt numFmtId=\"164\" "
                     "formatCode=\"yyyy\\-mm\\-dd\"/><numFmt numFmtId=\"165\" formatCode=\"yyyy\\-mm\\-dd\\ "
                     "hh:mm:ss\"/></numFmts><fonts count=\"2\"><font/><font><b/></font></fonts><fills "
                     "count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill "
                     "patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border/></borders>"
                     "<cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"4\"><xf xfId=\"0\"/>"
                     "<xf numFmtId=\"164\" applyNumberFormat=\"1\" xfId=\"0\"/>"
                     "<xf numFmtId=\"165\" applyNumberFormat=\"1\" xfId=\"0\"/>"
                     "<xf fontId=\"1\" applyFont=\"1\" xfId=\"0\"/></cellXfs></styleSheet>",
                     HEAD, MAIN);
}

/* The parts of a package, with what they are called in it. */
enum { TYPES, ROOT, BOOK, BOOK_RELATIONS, STYLES, FIXED };

typedef struct package {
    smap__str *text;
    smap__zip_entry *entry;
    char (*name)[40];
    int parts;
} package;

static smap_status fill(const smap__export *e, const package *k, const part *sheet, int sheets, smap_error *err) {
    static const char *const fixed[FIXED] = { "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml",
                                              "xl/_rels/workbook.xml.rels", "xl/styles.xml" };
    smap_status status = SMAP_OK;
    put_types(&k->text[TYPES], sheets);
    smap__str_printf(&k->text[ROOT],
                     "%s<Relationships xmlns=\"%s\"><Relationship Id=\"rId1\" Type=\"%s/officeDocument\" "
                     "Target=\"xl/workbook.xml\"/></Relationships>",
                     HEAD, RELATIONS, OFFICE);
    put_book(&k->text[BOOK], sheet, sheets);
    put_book_relations(&k->text[BOOK_RELATIONS], sheets);
    put_styles(&k->text[STYLES]);
    for (int i = 0; i < sheets && status == SMAP_OK; i++) status = put_sheet(e, &k->text[FIXED + i], &sheet[i], err);
    for (int i = 0; i < k->parts && status == SMAP_OK; i++) {
        if (i < FIXED)
            snprintf(k->name[i], sizeof k->name[i], "%s", fixed[i]);
        else
            snprintf(k->name[i], sizeof k->name[i], "xl/worksheets/sheet%d.xml", i - FIXED + 1);
        status = smap__export_done(&k->text[i], err);
        k->entry[i] = (smap__zip_entry){ k->name[i], k->text[i].data, k->text[i].len };
    }
    return status;
}

static smap_status write_package(smap__export *e, const part *sheet, int sheets, smap_error *err) {
    size_t parts = FIXED + (size_t)sheets;
    package k = { .text = smap__zalloc(parts, sizeof *k.text),
                  .entry = smap__zalloc(parts, sizeof *k.entry),
                  .name = smap__zalloc(parts, sizeof *k.name),
                  .parts = (int)parts };
    smap_status status = k.text && k.entry && k.name ? fill(e, &k, sheet, sheets, err) : smap__fail_memory(err);
    if (status == SMAP_OK) smap__zip_store(&e->out, k.entry, k.parts);
    for (int i = 0; k.text && i < k.parts; i++) smap__str_release(&k.text[i]);
    smap__free(k.text);
    smap__free(k.entry);
    smap__free(k.name);
    return status == SMAP_OK ? smap__export_done(&e->out, err) : status;
}

smap_status smap__export_xlsx(smap__export *e, smap_error *err) {
    enum { ROWS_MOST = 1 << 20 };
    int64_t rows_a_sheet = (e->sheet_rows ? e->sheet_rows : ROWS_MOST) - 1, sheets = 0;
    for (int i = 0; i < e->layers; i++) {
        int64_t rows = smap_table_rows(e->layer[i].layer->table);
        e->layer[i].sheets = rows ? (rows + rows_a_sheet - 1) / rows_a_sheet : 1;
        sheets += e->layer[i].sheets;
    }
    part *sheet = smap__zalloc((size_t)sheets + 1, sizeof *sheet);
    if (!sheet) return smap__fail_memory(err);
    int n = 0;
    for (int i = 0; i < e->layers; i++)
        for (int64_t k = 0; k < e->layer[i].sheets; k++) {
            int64_t rows = smap_table_rows(e->layer[i].layer->table), from = k * rows_a_sheet;
            int64_t to = rows - from < rows_a_sheet ? rows : from + rows_a_sheet;
            sheet[n++] = (part){ &e->layer[i], from, to, (int)k + 1 };
        }
    smap_status status = write_package(e, sheet, n, err);
    smap__free(sheet);
    return status;
}
