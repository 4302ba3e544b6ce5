#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/str.h"
#include "io/gpkg_write.h"
#include "sitemap/io.h"

/* The date that the file states: as given, else SOURCE_DATE_EPOCH, else 1970. */
static smap_status date_of(const char *date, int64_t *out, smap_error *err) {
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    int64_t seconds = 0;
    if (date) {
        if (smap__parse_timestamp(date, strlen(date), out)) return SMAP_OK;
        return smap__fail(err, SMAP_E_ARGUMENT, date,
                          "\"%s\" is no date; write it as 2023-09-18 or 2023-09-18T12:00:00Z", date);
    }
    if (epoch && *epoch && (!smap__parse_int(epoch, strlen(epoch), &seconds) || llabs(seconds) > INT64_C(253402300799)))
        return smap__fail(
            err, SMAP_E_ARGUMENT, "SOURCE_DATE_EPOCH",
            "SOURCE_DATE_EPOCH is \"%s\", which is no number of seconds since 1970; set it right or unset it", epoch);
    *out = seconds * 1000;
    return SMAP_OK;
}

smap_status smap_write_gpkg(smap_ctx *ctx, const char *path, const smap_layer *const *layers, int count,
                            const smap_write_options *options, smap_error *err) {
    smap__gpkg_options how = { .overwrite = options && options->overwrite };
    smap__gpkg *gpkg = NULL;
    smap_status status = date_of(options ? options->date : NULL, &how.date_ms, err);
    if (status != SMAP_OK) return status;
    SMAP_TRY(smap__gpkg_create(ctx, path, &how, &gpkg, err), fail);
    for (int i = 0; i < count; i++) {
        const smap__gpkg_layer layer = { .name = layers[i]->name, .layer = layers[i], .keep_fid = true };
        SMAP_TRY(smap__gpkg_put_layer(gpkg, &layer, err), fail);
    }
    return smap__gpkg_commit(gpkg, err);
fail:
    smap__gpkg_abandon(gpkg);
    return status;
}
