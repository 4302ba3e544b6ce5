/* Office Open XML (ECMA-376), the least of it that spreadsheets open: a sheet a layer, a style each for dates, times
 * and headings. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
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

static void put_inline(smap__str *out, place at, const char *text, size_t len, int style) {
    smap__str_printf(out, "<c r=\"%s\" t=\"inlineStr\" s=\"%d\"><is><t xml:space=\"preserve\">", at.text, style);
    enum { LONGEST = 32000 }; /* a cell holds at most 32767 characters */
    if (len > LONGEST)
        for (len = LONGEST; len && ((unsigned char)text[len] & 0xC0) == 0x80;) len--;
    smap__str_put_xml(out, text, len);
    smap__str_put(out, "</t></is></c>");
}

static void put_real(smap__str *out, place at, double value, int style) {
    smap__str_printf(out, "<c r=\"%s\" s=\"%d\"><v>", at.text, style);
    smap__str_put_real(out, value);
    smap__str_put(out, "</v></c>");
}

static void put_cell(smap__str *out, place at, const smap_column *c, int64_t row) {
    size_t len;
    if (smap_column_is_null(c, row) || c->type == SMAP_BLOB || (c->type == SMAP_FLOAT64 && !isfinite(c->v.f[row])))
        return;
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
        put_inline(out, at, text, len, 0);
    }
    }
}

static void put_sheet(smap__str *out, smap__export_layer *layer) {
    const smap_layer *l = layer->layer;
    bool points = smap__export_has_points(l);
    smap__str_printf(out,
                     "%s<worksheet xmlns=\"%s\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" "
                     "topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>"
                     "<sheetData><row r=\"1\">",
                     HEAD, MAIN);
    for (int i = 0; i < smap_table_columns(l->table); i++) {
        const char *name = smap_table_at(l->table, i)->name;
        put_inline(out, place_of(i, 1), name, strlen(name), STYLE_HEAD);
    }
    int columns = smap_table_columns(l->table);
    if (points) put_inline(out, place_of(columns, 1), "longitude", 9, STYLE_HEAD);
    if (points) put_inline(out, place_of(columns + 1, 1), "latitude", 8, STYLE_HEAD);
    smap__str_put(out, "</row>\n");
    for (int64_t row = 0; row < smap_table_rows(l->table); row++) {
        double x, y;
        bool point = smap__export_point(l, row, &x, &y);
        int64_t line = row + 2; /* the heading is the first */
        smap__str_printf(out, "<row r=\"%lld\">", (long long)line);
        for (int i = 0; i < columns; i++) put_cell(out, place_of(i, line), smap_table_at(l->table, i), row);
        if (point) put_real(out, place_of(columns, line), round(x * 1e7) / 1e7, 0);
        if (point) put_real(out, place_of(columns + 1, line), round(y * 1e7) / 1e7, 0);
        smap__str_put(out, "</row>\n");
        layer->left_out += !point && l->geometry && l->geometry->type[row] != SMAP_GEOM_NULL;
    }
    smap__str_put(out, "</sheetData></worksheet>");
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

static void put_book(smap__str *out, const smap__export_layer *layer, int sheets) {
    smap__str_printf(out, "%s<workbook xmlns=\"%s\" xmlns:r=\"%s\"><sheets>", HEAD, MAIN, OFFICE);
    for (int i = 0; i < sheets; i++)
        smap__str_printf(out, "<sheet name=\"%.*s\" sheetId=\"%d\" r:id=\"rId%d\"/>", NAME_MOST, layer[i].layer->name,
                         i + 1, i + 1);
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

void smap__export_xlsx(smap__export_layer *layer, int layers, smap__str *out) {
    enum { FIXED = 5 };
    static const char *const name[FIXED] = { "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml",
                                             "xl/_rels/workbook.xml.rels", "xl/styles.xml" };
    int parts = FIXED + layers;
    smap__str *text = smap__zalloc((size_t)parts, sizeof *text);
    smap__zip_entry *entry = smap__zalloc((size_t)parts, sizeof *entry);
    char(*sheet)[40] = smap__zalloc((size_t)layers + 1, sizeof *sheet);
    bool failed = !text || !entry || !sheet;
    if (!failed) {
        put_types(&text[0], layers);
        smap__str_printf(&text[1],
                         "%s<Relationships xmlns=\"%s\"><Relationship Id=\"rId1\" Type=\"%s/officeDocument\" "
                         "Target=\"xl/workbook.xml\"/></Relationships>",
                         HEAD, RELATIONS, OFFICE);
        put_book(&text[2], layer, layers);
        put_book_relations(&text[3], layers);
        put_styles(&text[4]);
        for (int i = 0; i < layers; i++) {
            put_sheet(&text[FIXED + i], &layer[i]);
            snprintf(sheet[i], sizeof sheet[i], "xl/worksheets/sheet%d.xml", i + 1);
        }
        for (int i = 0; i < parts; i++) {
            failed = failed || text[i].failed;
            entry[i] = (smap__zip_entry){ i < FIXED ? name[i] : sheet[i - FIXED], text[i].data, text[i].len };
        }
        if (!failed) smap__zip_store(out, entry, parts);
        for (int i = 0; i < parts; i++) smap__str_release(&text[i]);
    }
    out->failed = out->failed || failed;
    smap__free(text);
    smap__free(entry);
    smap__free(sheet);
}
