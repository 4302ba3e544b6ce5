/* The floor of reading: all batches of GDAL's Arrow stream, one ordinate of each geometry summed.
 * bench_arrow IN.gpkg LAYER */
#include <gdal.h>
#include <ogr_api.h>
#include <stdio.h>
#include <string.h>

#include "col/arrow.h"

int main(int argc, char **argv) {
    struct ArrowArrayStream stream;
    struct ArrowSchema schema;
    struct ArrowArray batch;
    double sum = 0;
    int64_t rows = 0;
    if (argc < 3) return 2;
    GDALAllRegister();
    GDALDatasetH data = GDALOpenEx(argv[1], GDAL_OF_VECTOR, NULL, NULL, NULL);
    OGRLayerH layer = data ? GDALDatasetGetLayerByName(data, argv[2]) : NULL;
    if (!layer || !OGR_L_GetArrowStream(layer, &stream, NULL) || stream.get_schema(&stream, &schema) != 0) return 1;
    int64_t geometry = schema.n_children - 1;
    for (int64_t i = 0; i < schema.n_children; i++)
        if (schema.children[i]->metadata) geometry = i;
    while (stream.get_next(&stream, &batch) == 0 && batch.release) {
        const struct ArrowArray *g = batch.children[geometry];
        const int32_t *offset = g->buffers[1];
        const unsigned char *bytes = g->buffers[2];
        for (int64_t i = 0; i < batch.length; i++) {
            double x = 0;
            if (offset[i + 1] - offset[i] >= 13) memcpy(&x, bytes + offset[i] + 5, sizeof x);
            sum += x;
        }
        rows += batch.length;
        batch.release(&batch);
    }
    schema.release(&schema);
    stream.release(&stream);
    GDALClose(data);
    printf("rows %lld sum %g\n", (long long)rows, sum);
    return 0;
}
