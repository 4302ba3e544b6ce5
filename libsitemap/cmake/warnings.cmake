# Flags of every target of ours: strict warnings, and floating point that gives the same bits everywhere.
add_library(sitemap_flags INTERFACE)
target_compile_options(sitemap_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wcast-qual
    -Wwrite-strings -Wvla -Wformat=2 -Wundef -Wno-overlength-strings
    -ffp-contract=off -fvisibility=hidden
    $<$<BOOL:${SITEMAP_WERROR}>:-Werror>)
target_compile_definitions(sitemap_flags INTERFACE _POSIX_C_SOURCE=200809L _DEFAULT_SOURCE)
