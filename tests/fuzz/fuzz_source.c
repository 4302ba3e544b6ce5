/* A file of field data from anywhere, by its extension (FUZZ_EXTENSION): read, refused with a sentence, never a crash.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sitemap.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char path[256];

static void remove_file(void) {
    unlink(path);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static smap_ctx *ctx;
    if (!ctx) {
        const char *folder = getenv("TMPDIR");
        snprintf(path, sizeof path, "%s/fuzz-%ld." FUZZ_EXTENSION, folder ? folder : "/tmp", (long)getpid());
        atexit(remove_file);
        if (smap_ctx_new(NULL, &ctx, NULL)) return 0;
    }
    FILE *file = fopen(path, "wb");
    if (!file) return 0;
    fwrite(data, 1, size, file);
    fclose(file);
    const smap_layer *layer = NULL;
    smap_read_options options = SMAP_READ_OPTIONS_INIT;
    smap_error err = SMAP_ERROR_INIT;
    options.crs = "EPSG:4326";
    smap_status status = smap_read(ctx, path, &options, &layer, &err);
    if (status && !err.message[0]) abort();
    if (!status) smap_layer_free(layer);
    return 0;
}
