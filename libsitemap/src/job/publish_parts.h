/* Names that a published file is known by. */
#ifndef SMAP_JOB_PUBLISH_PARTS_H
#define SMAP_JOB_PUBLISH_PARTS_H

#include "job/publish_layers.h"

/* The QGIS project in it, and the key of sitemap_meta with the name of the file that the project's layers lie in. */
#define SMAP__PUBLISH_PROJECT "sitemap"
#define SMAP__PUBLISH_FILE_KEY "project_file"

#endif
