/* What the tests of styles share: a context that collects warnings, and SLD documents around a few lines. */
#ifndef STYLE_HELP_H
#define STYLE_HELP_H

#include <stdio.h>
#include <string.h>

#include "../cmocka_all.h"
#include "base/alloc.h"
#include "base/ctx.h"
#include "style/style.h"

typedef struct warnings {
    int count;
    char text[4096];
} warnings;

static inline void collect(smap_log_level level, const char *message, void *user) {
    warnings *w = user;
    if (level != SMAP_LOG_WARNING) return;
    w->count++;
    size_t used = strlen(w->text);
    snprintf(w->text + used, sizeof w->text - used, "%s\n", message);
}

static inline smap_ctx *new_ctx(warnings *w) {
    smap_ctx_options options = SMAP_CTX_OPTIONS_INIT;
    smap_ctx *ctx = NULL;
    memset(w, 0, sizeof *w);
    options.log = collect;
    options.log_user = w;
    assert_int_equal(smap_ctx_new(&options, &ctx, NULL), SMAP_OK);
    return ctx;
}

#define SLD_HEAD                                                                                                       \
    "<?xml version='1.0' encoding='UTF-8'?>\n"                                                                         \
    "<StyledLayerDescriptor version='1.1.0' xmlns='http://www.opengis.net/sld' xmlns:se='http://www.opengis.net/se' "  \
    "xmlns:ogc='http://www.opengis.net/ogc'><NamedLayer><se:Name>t</se:Name><UserStyle><se:FeatureTypeStyle>\n"
#define SLD_TAIL "</se:FeatureTypeStyle></UserStyle></NamedLayer></StyledLayerDescriptor>"

/* A style of one or more <se:Rule> elements; line 3 of the document is the first of `rules`. */
static inline smap_status parse_rules(smap_ctx *ctx, const char *rules, const smap__style **out, smap_error *err) {
    smap__str text = SMAP__STR_INIT;
    smap__str_put(&text, SLD_HEAD);
    smap__str_put(&text, rules);
    smap__str_put(&text, SLD_TAIL);
    assert_false(text.failed);
    smap_status status = smap__style_parse(ctx, "t.sld", text.data, text.len, out, err);
    smap__str_release(&text);
    return status;
}

#endif
