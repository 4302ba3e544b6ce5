#include "base/ctx.h"
#include "io/source.h"

void smap__source_log(smap_ctx *ctx, const smap__source *source, const smap__findings *findings) {
    const char *path = smap__source_path(source);
    for (size_t i = 0; i < findings->count; i++) {
        const smap__finding *f = &findings->items[i];
        smap_log_level level = f->severity == SMAP__INFO ? SMAP_LOG_INFO : SMAP_LOG_WARNING;
        if (f->row)
            smap__log(ctx, level, "%s, row %lld, %s: %s", path, (long long)f->row, smap__severity_name(f->severity),
                      f->message);
        else
            smap__log(ctx, level, "%s, %s: %s", path, smap__severity_name(f->severity), f->message);
    }
}

smap_status smap_read(smap_ctx *ctx, const char *spec, const smap_read_options *options, const smap_layer **out,
                      smap_error *err) {
    smap__source *source = NULL;
    smap__findings findings = SMAP__FINDINGS_INIT;
    smap_status status = smap__source_open(ctx, spec, options, &source, err);
    if (status == SMAP_OK) {
        status = smap__source_read(source, NULL, &findings, out, err);
        smap__source_log(ctx, source, &findings); /* the caller has no list of findings */
    }
    smap__findings_release(&findings);
    smap__source_close(source);
    return status;
}
