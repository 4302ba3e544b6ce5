/* Symbols from SVG files: which names a style may say, what the gate stops, and which colours are put in. */
#include <math.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "style/svg.h"
#include "style_help.h"

#define SVG(attributes, inside) "<svg xmlns=\"http://www.w3.org/2000/svg\"" attributes ">\n" inside "</svg>"
#define BOX " viewBox=\"0 0 24 12\""
#define SYMBOL(href)                                                                                                   \
    "<se:ExternalGraphic xmlns:l=\"http://www.w3.org/1999/xlink\"><se:OnlineResource l:href=\"" href                   \
    "\"/><se:Format>image/svg+xml</se:Format></se:ExternalGraphic>"
#define POINT(graphic)                                                                                                 \
    "<se:Rule><se:Name>r</se:Name>\n<se:PointSymbolizer><se:Graphic>\n" graphic                                        \
    "<se:Size>12</se:Size></se:Graphic></se:PointSymbolizer></se:Rule>"

/* A folder with a style and its symbols. */
typedef struct folder {
    char path[64];
} folder;

static folder new_folder(void) {
    folder f = { "/tmp/smap_svg_XXXXXX" };
    char path[128];
    assert_non_null(mkdtemp(f.path));
    snprintf(path, sizeof path, "%s/symbols", f.path);
    assert_int_equal(mkdir(path, 0700), 0);
    return f;
}

static void put(const folder *f, const char *name, const char *text, size_t len) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", f->path, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static void put_text(const folder *f, const char *name, const char *text) {
    put(f, name, text, strlen(text));
}

static void drop(const folder *f) {
    char command[128];
    snprintf(command, sizeof command, "rm -r '%s'", f->path);
    assert_int_equal(system(command), 0);
}

static smap_status read_style(smap_ctx *ctx, const folder *f, const char *rules, const smap__style **out,
                              smap_error *err) {
    smap__str text = SMAP__STR_INIT;
    char path[128];
    smap__str_printf(&text, "%s%s%s", SLD_HEAD, rules, SLD_TAIL);
    put(f, "t.sld", text.data, text.len);
    smap__str_release(&text);
    snprintf(path, sizeof path, "%s/t.sld", f->path);
    return smap__style_read(ctx, path, out, err);
}

static void found_beside_the_style(void **state) {
    (void)state;
    static const char *const names[] = { "a.svg", "symbols/b.svg", "b.svg" };
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
    folder f = new_folder();
    put_text(&f, "a.svg", SVG(BOX, "<path d='M0 0h9'/>"));
    put_text(&f, "symbols/b.svg", SVG(BOX, "<path d='M0 0h9'/>"));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const smap__style *style = NULL;
        smap_error err = SMAP_ERROR_INIT;
        char rules[1024];
        snprintf(rules, sizeof rules, POINT(SYMBOL("%s")), names[i]);
        if (read_style(ctx, &f, rules, &style, &err) != SMAP_OK) fail_msg("%s", err.message);
        const smap__symbolizer *s = style->rule[0].symbolizer;
        assert_non_null(s->svg);
        assert_true(s->svg->aspect == 2 && s->size_px == 12 && s->anchor_x == 0.5 && s->opacity == 1);
        assert_string_equal(s->svg->text, SVG(BOX, "<path d='M0 0h9'/>"));
        smap__style_free(style);
    }
    assert_string_equal(w.text, "");
    drop(&f);
    smap_ctx_free(ctx);
}

/* Names that the profile does not have: a warning with the line, and the next alternative, or a square. */
static void other_names_are_not_followed(void **state) {
    (void)state;
    static const char *const names[] = { "https://emergency.copernicus.eu/images/svg/bridge.svg",
                                         "file:///etc/passwd",
                                         "/etc/hosts.svg",
                                         "../secret.svg",
                                         "symbols/../../secret.svg",
                                         "symbols/.hidden.svg",
                                         "symbols/sub/a.svg",
                                         "a\\b.svg",
                                         "%2e%2e%2fa.svg",
                                         "base64:PHN2Zy8+",
                                         "data:image/svg+xml,a.svg",
                                         "a.png",
                                         "" };
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const smap__style *style = NULL;
        smap_error err = SMAP_ERROR_INIT;
        char rules[1024];
        memset(&w, 0, sizeof w);
        snprintf(rules, sizeof rules,
                 POINT(SYMBOL("%s") "<se:Mark><se:WellKnownName>star</se:WellKnownName></se:Mark>"), names[i]);
        if (parse_rules(ctx, rules, &style, &err) != SMAP_OK) fail_msg("%s", err.message);
        assert_int_equal(w.count, 1);
        if (!strstr(w.text, "line 5: ") || !strstr(w.text, "is no symbol of the profile")) fail_msg("%s", w.text);
        assert_null(style->rule[0].symbolizer->svg);
        assert_int_equal(style->rule[0].symbolizer->mark, SMAP__MARK_STAR);
        smap__style_free(style);
    }
    const smap__style *style = NULL;
    assert_int_equal(parse_rules(ctx, POINT(SYMBOL("https://example.org/a.svg")), &style, NULL), SMAP_OK);
    assert_true(style->rule[0].symbolizer->fill.on && style->rule[0].symbolizer->stroke.on);
    smap__style_free(style);
    smap_ctx_free(ctx);
}

static void a_missing_symbol_is_an_error(void **state) {
    (void)state;
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
    const smap__style *style = NULL;
    smap_error err = SMAP_ERROR_INIT;
    assert_int_equal(parse_rules(ctx, POINT(SYMBOL("no_such.svg")), &style, &err), SMAP_E_NOT_FOUND);
    assert_null(style);
    assert_non_null(strstr(err.message, "t.sld, line 5: there is no symbol no_such.svg beside the style"));
    smap_ctx_free(ctx);
}

/* What hostile and broken files say, and the sentence that they get. Nothing of them is loaded. */
static void the_gate(void **state) {
    (void)state;
    static const struct {
        const char *text;
        smap_status status;
        const char *words;
    } cases[] = {
        { "<!DOCTYPE svg [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>" SVG(BOX, "<desc>&b;</desc>"), SMAP_E_REFUSED,
          "line 1: a document type (DTD)" },
        { "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" SVG(BOX, "<desc>&x;</desc>"), SMAP_E_REFUSED,
          "DTD" },
        { "<?xml-stylesheet href='http://127.0.0.1:1/a.css'?>" SVG(BOX, ""), SMAP_E_REFUSED, "a style sheet from" },
        { SVG(BOX, "<image href='http://127.0.0.1:1/a.png'/>"), SMAP_E_REFUSED, "line 2: <image> is not allowed" },
        { SVG(BOX, "<use href='#a'/>"), SMAP_E_REFUSED, "<use> is not allowed" },
        { SVG(BOX, "<script>alert(1)</script>"), SMAP_E_REFUSED, "<script> is not allowed" },
        { SVG(BOX, "<foreignObject/>"), SMAP_E_REFUSED, "<foreignObject> is not allowed" },
        { SVG(BOX, "<filter/>"), SMAP_E_REFUSED, "<filter> is not allowed" },
        { SVG(BOX, "<text>A</text>"), SMAP_E_REFUSED, "turn it into paths" },
        { SVG(BOX, "<g onload='alert(1)'/>"), SMAP_E_REFUSED, "may not hold a script" },
        { SVG(BOX " onload='alert(1)'", ""), SMAP_E_REFUSED, "may not hold a script" },
        { SVG(BOX, "<path fill='url(http://127.0.0.1:1/a.svg#b)'/>"), SMAP_E_REFUSED, "another file or address" },
        { SVG(BOX, "<path style='fill:URL( \"a.svg#b\" )'/>"), SMAP_E_REFUSED, "another file or address" },
        { SVG(BOX, "<path style='fill:u\\72l(a.svg)'/>"), SMAP_E_REFUSED, "a \\ is not allowed" },
        { SVG(BOX, "<linearGradient xmlns:x='http://www.w3.org/1999/xlink' x:href='a.svg#g'/>"), SMAP_E_REFUSED,
          "another file or address" },
        { SVG(" xml:base='http://127.0.0.1:1/'" BOX, ""), SMAP_E_REFUSED, "another base" },
        { SVG(BOX, "<style>@import 'a.css';</style>"), SMAP_E_REFUSED, "colours and widths alone" },
        { SVG(BOX, "<style><![CDATA[path { fill: url(a.svg#b) }]]></style>"), SMAP_E_REFUSED, "colours and widths" },
        { SVG(BOX, "<path stroke-dasharray='0.000001'/>"), SMAP_E_REFUSED, "dashes are not allowed" },
        { SVG(BOX, "<path style='stroke-dasharray:0.000001'/>"), SMAP_E_REFUSED, "dashes are not allowed" },
        { SVG(BOX, "<clipPath id='a'><path clip-path='url(#b)'/></clipPath>"), SMAP_E_REFUSED, "may not be clipped" },
        { SVG("", "<path/>"), SMAP_E_FORMAT, "does not say how large" },
        { SVG(" viewBox='0 0 0 24'", ""), SMAP_E_FORMAT, "does not say how large" },
        { SVG(" viewBox='0 0 1 24 7'", ""), SMAP_E_FORMAT, "does not say how large" },
        { SVG(" viewBox='0 0 1e9 24'", ""), SMAP_E_FORMAT, "does not say how large" },
        { SVG(" viewBox='0 0 1000 1'", ""), SMAP_E_FORMAT, "times as wide as high" },
        { SVG(BOX, "<path d='M0 nan L3 3'/>"), SMAP_E_FORMAT, "\"d\" holds a number" },
        { SVG(BOX, "<path d='M0 0 L1e30 3'/>"), SMAP_E_FORMAT, "\"d\" holds a number" },
        { SVG(BOX, "<circle cx='Infinity' cy='1' r='2'/>"), SMAP_E_FORMAT, "\"cx\" holds a number" },
        { SVG(BOX, "<path d='M0 1234567890123 L3 3'/>"), SMAP_E_FORMAT, "\"d\" holds a number" },
        { "<svg viewBox='0 0 24 24'/>", SMAP_E_FORMAT, "this is no SVG drawing" },
        { "<html/>", SMAP_E_FORMAT, "this is no SVG drawing" },
        { "\x1f\x8b\x08", SMAP_E_FORMAT, "not UTF-8" },
        { "<svg xmlns=\"http://www.w3.org/2000/svg\"", SMAP_E_FORMAT, "well-formed" },
        { "", SMAP_E_FORMAT, "well-formed" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        smap_error err = SMAP_ERROR_INIT;
        double aspect = 0;
        smap_status status = smap__svg_gate("bad.svg", cases[i].text, strlen(cases[i].text), &aspect, &err);
        if (status != cases[i].status || !strstr(err.message, cases[i].words) || !strstr(err.message, "bad.svg"))
            fail_msg("%s: status %d, \"%s\"", cases[i].text, (int)status, err.message);
    }
}

static void the_gate_counts(void **state) {
    (void)state;
    smap__str text = SMAP__STR_INIT;
    smap_error err = SMAP_ERROR_INIT;
    double aspect = 0;
    smap__str_put(&text, "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>");
    for (int i = 0; i < 10000; i++) smap__str_put(&text, "<g>");
    for (int i = 0; i < 10000; i++) smap__str_put(&text, "</g>");
    smap__str_put(&text, "</svg>");
    assert_int_equal(smap__svg_gate("bad.svg", text.data, text.len, &aspect, &err), SMAP_E_LIMIT);
    assert_non_null(strstr(err.message, "nested deeper than 64"));
    smap__str_clear(&text);
    smap__str_put(&text, "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>");
    for (int i = 0; i < 1001; i++) smap__str_put(&text, "<path/>");
    smap__str_put(&text, "</svg>");
    assert_int_equal(smap__svg_gate("bad.svg", text.data, text.len, &aspect, &err), SMAP_E_LIMIT);
    assert_non_null(strstr(err.message, "1000 elements"));
    smap__str_release(&text);
}

/* 100 MB of blanks (holes on the disk) are refused by their size; a folder and a pipe of that name are no symbols. */
static void too_large_or_no_file(void **state) {
    (void)state;
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
    folder f = new_folder();
    char path[128];
    const smap__style *style = NULL;
    smap_error err = SMAP_ERROR_INIT;
    put_text(&f, "large.svg", "<svg/>");
    snprintf(path, sizeof path, "%s/large.svg", f.path);
    assert_int_equal(truncate(path, (off_t)100 << 20), 0);
    assert_int_equal(read_style(ctx, &f, POINT(SYMBOL("large.svg")), &style, &err), SMAP_E_LIMIT);
    assert_non_null(strstr(err.message, "line 5: the symbol "));
    assert_non_null(strstr(err.message, "larger than a symbol may be (128 KB)"));
    snprintf(path, sizeof path, "%s/pipe.svg", f.path);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_true(read_style(ctx, &f, POINT(SYMBOL("pipe.svg")), &style, &err) != SMAP_OK);
    snprintf(path, sizeof path, "%s/folder.svg", f.path);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_true(read_style(ctx, &f, POINT(SYMBOL("folder.svg")), &style, &err) != SMAP_OK);
    put(&f, "zero.svg", "<svg\0/>", 7);
    assert_int_equal(read_style(ctx, &f, POINT(SYMBOL("zero.svg")), &style, &err), SMAP_E_FORMAT);
    assert_null(style);
    drop(&f);
    smap_ctx_free(ctx);
}

/* Colours behind "?" as QGIS writes them; without them the file's own; one that is none is warned of. */
static void colours_are_put_in(void **state) {
    (void)state;
    static const char file[] =
        SVG(BOX, "<path fill=\"param(fill) #111111\" stroke=\"param(outline)\" stroke-width='param(outline-width) 2' "
                 "opacity='param(fill-opacity) 0.5'/><path fill=\"param(other) #222222\"/>");
    static const struct {
        const char *href, *text, *warning;
    } cases[] = {
        { "a.svg", "<path fill=\"#111111\" stroke=\"#ffffff\" stroke-width='2' opacity='0.5'/><path fill=\"#222222\"/>",
          "" },
        { "a.svg?fill=%23aB0000&amp;outline=#00ff00&amp;outline-width=3.5&amp;fill-opacity=1",
          "<path fill=\"#aB0000\" stroke=\"#00ff00\" stroke-width='3.5' opacity='1'/><path fill=\"#222222\"/>", "" },
        { "a.svg?stroke=%2300ff00&amp;fill=\"/&gt;&lt;script",
          "<path fill=\"#111111\" stroke=\"#00ff00\" stroke-width='2' opacity='0.5'/>",
          "is no colour, opacity or width" },
        { "a.svg?fill=red", "<path fill=\"#111111\"", "is no colour, opacity or width" },
        { "a.svg?outline-width=-1&amp;fill", "stroke-width='2'", "is no colour, opacity or width" },
        { "a.svg?size=4", "<path fill=\"#111111\"", "\"size=4\" is no colour" },
    };
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
    folder f = new_folder();
    put_text(&f, "a.svg", file);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const smap__style *style = NULL;
        smap_error err = SMAP_ERROR_INIT;
        char rules[1024];
        memset(&w, 0, sizeof w);
        snprintf(rules, sizeof rules,
                 "<se:Rule><se:PointSymbolizer><se:Graphic><se:ExternalGraphic xmlns:l='http://www.w3.org/1999/xlink'>"
                 "<se:OnlineResource l:href='%s'/></se:ExternalGraphic></se:Graphic></se:PointSymbolizer></se:Rule>",
                 cases[i].href);
        if (read_style(ctx, &f, rules, &style, &err) != SMAP_OK) fail_msg("%s", err.message);
        const smap__svg *svg = style->rule[0].symbolizer->svg;
        if (!strstr(svg->text, cases[i].text)) fail_msg("%s: %s", cases[i].href, svg->text);
        assert_int_equal(strlen(svg->text), svg->len);
        if (*cases[i].warning)
            assert_non_null(strstr(w.text, cases[i].warning));
        else
            assert_string_equal(w.text, "");
        smap__style_free(style);
    }
    drop(&f);
    smap_ctx_free(ctx);
}

/* Two rules with one symbol share it; with another colour it is another. */
static void symbols_are_read_once(void **state) {
    (void)state;
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
    folder f = new_folder();
    const smap__style *style = NULL;
    put_text(&f, "a.svg", SVG(BOX, "<path fill='param(fill) #111111'/>"));
    assert_int_equal(read_style(ctx, &f,
                                POINT(SYMBOL("a.svg")) POINT(SYMBOL("a.svg")) POINT(SYMBOL("a.svg?fill=%23ffffff")),
                                &style, NULL),
                     SMAP_OK);
    assert_ptr_equal(style->rule[0].symbolizer->svg, style->rule[1].symbolizer->svg);
    assert_ptr_not_equal(style->rule[0].symbolizer->svg, style->rule[2].symbolizer->svg);
    smap__style_free(style);
    drop(&f);
    smap_ctx_free(ctx);
}

static void memory_runs_out(void **state) {
    (void)state;
    warnings w;
    smap_ctx *ctx = new_ctx(&w);
    folder f = new_folder();
    put_text(&f, "a.svg", SVG(BOX, "<path fill='param(fill) #111111'/>"));
    const smap__style *style = NULL;
    assert_int_equal(read_style(ctx, &f, POINT(SYMBOL("a.svg?fill=%23ff0000")), &style, NULL), SMAP_OK);
    smap__style_free(style);
    char path[128];
    snprintf(path, sizeof path, "%s/t.sld", f.path);
    for (int64_t nth = 1; nth < 100000; nth++) {
        smap_error err = SMAP_ERROR_INIT;
        style = NULL;
        smap__alloc_fail_at(nth, true);
        smap_status status = smap__style_read(ctx, path, &style, &err);
        smap__alloc_fail_at(0, false);
        if (status == SMAP_OK) {
            smap__style_free(style);
            break;
        }
        assert_true(status == SMAP_E_NOMEM || strstr(err.message, "a prefix is used"));
        assert_null(style);
    }
    drop(&f);
    smap_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(found_beside_the_style),
        cmocka_unit_test(other_names_are_not_followed),
        cmocka_unit_test(a_missing_symbol_is_an_error),
        cmocka_unit_test(the_gate),
        cmocka_unit_test(the_gate_counts),
        cmocka_unit_test(too_large_or_no_file),
        cmocka_unit_test(colours_are_put_in),
        cmocka_unit_test(symbols_are_read_once),
        cmocka_unit_test(memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
