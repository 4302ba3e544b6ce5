/* libsitemap: displacement sites, hazards, access and damage, from field files to maps and GeoPackages. */
#ifndef SITEMAP_H
#define SITEMAP_H

#include "sitemap/context.h"
#include "sitemap/error.h"
#include "sitemap/geometry.h"
#include "sitemap/io.h"
#include "sitemap/job.h"
#include "sitemap/table.h"

#endif
