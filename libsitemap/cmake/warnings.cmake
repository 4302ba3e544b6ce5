# Flags of every target of ours: strict warnings, floating point that gives the same bits everywhere, no path of the
# build machine in what is built, and in the optimised build what Debian hardens its own packages with.
set(optimised $<CONFIG:Release,RelWithDebInfo,MinSizeRel>)
add_library(sitemap_flags INTERFACE)
target_compile_options(sitemap_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wcast-qual
    -Wwrite-strings -Wvla -Wformat=2 -Wundef -Wno-overlength-strings
    -ffp-contract=off -fvisibility=hidden -ffile-prefix-map=${PROJECT_SOURCE_DIR}/=
    $<${optimised}:-fstack-protector-strong> $<${optimised}:-U_FORTIFY_SOURCE> $<${optimised}:-D_FORTIFY_SOURCE=2>
    $<$<BOOL:${SITEMAP_WERROR}>:-Werror>)
target_compile_definitions(sitemap_flags INTERFACE _POSIX_C_SOURCE=200809L _DEFAULT_SOURCE)
target_link_options(sitemap_flags INTERFACE $<${optimised}:LINKER:-z,relro,-z,now>)
