# Headers, both libraries, the CMake package sitemap::sitemap and sitemap.pc.
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/sitemap)

install(DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(TARGETS sitemap_shared EXPORT sitemap-targets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS sitemap_static ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT sitemap-targets NAMESPACE sitemap:: DESTINATION ${package_dir})

configure_package_config_file(${CMAKE_CURRENT_SOURCE_DIR}/cmake/sitemap-config.cmake.in
    ${CMAKE_CURRENT_BINARY_DIR}/sitemap-config.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/sitemap-config-version.cmake
    COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/sitemap-config.cmake
    ${CMAKE_CURRENT_BINARY_DIR}/sitemap-config-version.cmake DESTINATION ${package_dir})

# The paths in sitemap.pc hang on its own folder, so that an install moved elsewhere still works.
file(RELATIVE_PATH pc_prefix ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
string(REGEX REPLACE "/$" "" pc_prefix "${pc_prefix}")
configure_file(${CMAKE_CURRENT_SOURCE_DIR}/cmake/sitemap.pc.in ${CMAKE_CURRENT_BINARY_DIR}/sitemap.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/sitemap.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
