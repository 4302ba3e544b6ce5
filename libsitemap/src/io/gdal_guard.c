#include "io/gdal_guard.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_http.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <gdal.h>
#include <ogr_srs_api.h>
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

#include "base/ctx.h"
#include "base/fail.h"

/* CSV, GeoJSON and GeoPackage have readers of our own; all other drivers are removed, so that no file can make GDAL
 * open another. PNG, JPEG and WEBP take the tiles of a picture apart, from memory.
 */
static const char *const allowed_driver[] = { "ESRI Shapefile", "OSM", "GTiff", "AAIGrid",
                                              "netCDF",         "PNG", "JPEG",  "WEBP" };

static const char *const denied_file_system[] = {
    "/vsicurl/",
    "/vsicurl_streaming/",
    "/vsis3/",
    "/vsis3_streaming/",
    "/vsigs/",
    "/vsigs_streaming/",
    "/vsiaz/",
    "/vsiadls/",
    "/vsiaz_streaming/",
    "/vsioss/",
    "/vsioss_streaming/",
    "/vsiswift/",
    "/vsihdfs/",
    "/vsiswift_streaming/",
    "/vsiwebhdfs/",
    "/vsistdin/",
    "/vsistdout/",
    "/vsitar/",
    "/vsigzip/",
    "/vsisubfile/",
    "/vsisparse/",
    "/vsicrypt/",
    "/vsi7z/",
    "/vsirar/",
};

/* Read by GDAL as its configuration file: the documented way to make it blind to the environment. PAM off: no .aux.xml
 * beside an input is read or written. */
static const char configuration[] = "[directives]\n"
                                    "ignore-env-vars=yes\n"
                                    "[configoptions]\n"
                                    "GDAL_DRIVER_PATH=disable\n"
                                    "GDAL_PAM_ENABLED=NO\n"
                                    "GDAL_VRT_ENABLE_PYTHON=NO\n"
                                    "SPATIALITE_LOAD=NO\n"
                                    "CPL_DEBUG=OFF\n";

enum { BLOCK_CACHE_BYTES = 64 << 20 };

/* GDAL may work on threads of its own, where no thread-local handler of ours stands. */
static _Atomic int64_t foreign_failures;
static char foreign_text[400];
static pthread_mutex_t foreign_lock = PTHREAD_MUTEX_INITIALIZER;

static void CPL_STDCALL hear_foreign(CPLErr class, CPLErrorNum number, const char *text) {
    (void)number;
    if (class < CE_Failure) return;
    pthread_mutex_lock(&foreign_lock);
    if (atomic_fetch_add(&foreign_failures, 1) == 0 || !foreign_text[0])
        snprintf(foreign_text, sizeof foreign_text, "%s", text);
    pthread_mutex_unlock(&foreign_lock);
}

/* GDAL gives no number to its warnings, so they are known by their words. */
static smap__gdal_doubt doubt_of(const char *text) {
    static const struct {
        const char *words;
        smap__gdal_doubt doubt;
    } known[] = {
        { "couldn't be converted correctly", SMAP__DOUBT_LETTERS },
        { "cannot be translated to Simple Geometry", SMAP__DOUBT_RINGS },
        { "organizePolygons() received an unexpected geometry", SMAP__DOUBT_RINGS },
        { "parsed incompletely to", SMAP__DOUBT_NUMBERS },
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strstr(text, known[i].words)) return known[i].doubt;
    return SMAP__DOUBT_OTHER;
}

static void CPL_STDCALL hear(CPLErr class, CPLErrorNum number, const char *text) {
    smap__gdal_guard *guard = CPLGetErrorHandlerUserData();
    if (!guard) return;
    if (class >= CE_Failure) {
        if (guard->failures++ == 0) {
            guard->code = number;
            snprintf(guard->failure, sizeof guard->failure, "%s", text);
        }
    } else if (class == CE_Warning) {
        guard->doubts[doubt_of(text)]++;
        if (!guard->warning[0]) snprintf(guard->warning, sizeof guard->warning, "%s", text);
    }
}

static CPLHTTPResult *deny_fetch(const char *url, CSLConstList options, GDALProgressFunc progress, void *progress_arg,
                                 CPLHTTPFetchWriteFunc write, void *write_arg, void *user) {
    (void)url, (void)options, (void)progress, (void)progress_arg, (void)write, (void)write_arg, (void)user;
    CPLHTTPResult *result = VSICalloc(1, sizeof *result);
    if (!result) return NULL;
    result->nStatus = 1;
    result->pszErrBuf = CPLStrdup("the network is not used");
    return result;
}

static int deny_stat(void *user, const char *name, VSIStatBufL *stat, int flags) {
    (void)user, (void)name, (void)stat, (void)flags;
    return -1;
}

static void *deny_open(void *user, const char *name, const char *access) {
    (void)user, (void)name, (void)access;
    return NULL;
}

static size_t deny_read(void *file, void *buffer, size_t size, size_t count) {
    (void)file, (void)buffer, (void)size, (void)count;
    return 0;
}

static bool deny_file_systems(void) {
    VSIFilesystemPluginCallbacksStruct *callbacks = VSIAllocFilesystemPluginCallbacksStruct();
    if (!callbacks) return false;
    callbacks->stat = deny_stat;
    callbacks->open = deny_open;
    callbacks->read = deny_read;
    for (size_t i = 0; i < sizeof denied_file_system / sizeof *denied_file_system; i++)
        VSIInstallPluginHandler(denied_file_system[i], callbacks);
    VSIFreeFilesystemPluginCallbacksStruct(callbacks);
    return true;
}

static bool load_configuration(void) {
    static GByte bytes[sizeof configuration];
    memcpy(bytes, configuration, sizeof configuration);
    const char *name = "/vsimem/sitemap/gdalrc";
    VSILFILE *file = VSIFileFromMemBuffer(name, bytes, sizeof configuration - 1, FALSE);
    if (!file) return false;
    VSIFCloseL(file);
    CPLLoadConfigOptionsFromFile(name, TRUE);
    VSIUnlink(name);
    return true;
}

static void keep_allowed_drivers(void) {
    for (int i = GDALGetDriverCount() - 1; i >= 0; i--) {
        GDALDriverH driver = GDALGetDriver(i);
        bool keep = false;
        for (size_t k = 0; k < sizeof allowed_driver / sizeof *allowed_driver; k++)
            if (strcmp(GDALGetDriverShortName(driver), allowed_driver[k]) == 0) keep = true;
        if (!keep) GDALDeregisterDriver(driver);
    }
}

/* GDAL forgets the file systems that ours take the place of. Under AddressSanitizer what is allocated while it starts
 * is not counted as leaked, so that everything later is. */
static void count_leaks(bool on) {
#ifdef __SANITIZE_ADDRESS__
    on ? __lsan_enable() : __lsan_disable();
#else
    (void)on;
#endif
}

static bool start_result;

/* The configuration is loaded before registering (plug-ins are looked for there) and once more after it, because
 * registering reads the machine's and the user's own gdalrc files. */
static void start(void) {
    CPLSetErrorHandler(hear_foreign);
    if (!load_configuration()) return;
    GDALAllRegister();
    if (!load_configuration()) return;
    keep_allowed_drivers();
    CPLHTTPSetFetchCallback(deny_fetch, NULL);
    if (!deny_file_systems()) return;
    OSRSetPROJEnableNetwork(0);
    GDALSetCacheMax64(BLOCK_CACHE_BYTES);
    start_result = true;
}

/* With ignore-env-vars, GDAL 3.6 reports each variable that it ignores through CPLDebug, which asks for CPL_DEBUG:
 * where that is set, it never comes back. A library may not change its process's environment, so the caller has to. */
smap_status smap__gdal_start(smap_error *err) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    if (getenv("CPL_DEBUG"))
        return smap__fail(err, SMAP_E_ARGUMENT, "CPL_DEBUG",
                          "the environment variable CPL_DEBUG is set, with which GDAL cannot be used safely; unset it");
    count_leaks(false);
    pthread_once(&once, start);
    count_leaks(true);
    return start_result ? SMAP_OK
                        : smap__fail(err, SMAP_E_INTERNAL, "GDAL", "GDAL could not be set up: memory ran out");
}

void smap__gdal_guard_log(const smap__gdal_guard *guard, smap_ctx *ctx, const char *shown) {
    if (guard->failure[0]) smap__log(ctx, SMAP_LOG_INFO, "%s: GDAL says: %s", shown, guard->failure);
    if (guard->warning[0]) smap__log(ctx, SMAP_LOG_INFO, "%s: GDAL warns: %s", shown, guard->warning);
}

void smap__gdal_guard_begin(smap__gdal_guard *guard) {
    memset(guard, 0, sizeof *guard);
    guard->foreign_at_begin = atomic_load(&foreign_failures);
    CPLPushErrorHandlerEx(hear, guard);
    CPLSetCurrentErrorHandlerCatchDebug(FALSE);
    CPLHTTPPushFetchCallback(deny_fetch, NULL);
    CPLErrorReset();
}

void smap__gdal_guard_end(smap__gdal_guard *guard) {
    CPLHTTPPopFetchCallback();
    CPLPopErrorHandler();
    int64_t foreign = atomic_load(&foreign_failures) - guard->foreign_at_begin;
    if (foreign <= 0) return;
    if (guard->failures == 0) {
        pthread_mutex_lock(&foreign_lock);
        snprintf(guard->failure, sizeof guard->failure, "%s", foreign_text);
        foreign_text[0] = '\0';
        pthread_mutex_unlock(&foreign_lock);
    }
    guard->failures += foreign;
}
