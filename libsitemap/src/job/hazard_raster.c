#include "job/hazard_raster.h"

#include "base/fail.h"
#include "job/hazard_measure.h"

smap_status smap__hazard_read_raster(smap__hazard_run *run, smap__hazard *h, smap_error *err) {
    (void)run;
    return smap__fail(err, SMAP_E_REFUSED, h->spec.source, "%s: rasters are not read yet", h->spec.source);
}

smap_status smap__hazard_measure_raster(smap__hazard_run *run, int hazard, smap_error *err) {
    return smap__hazard_read_raster(run, &run->hazard[hazard], err);
}
