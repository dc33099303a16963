# `cpack` in the build folder makes a Debian package of everything that is installed.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME amayesh)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "The Amayesh maintainers")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_PACKAGE_DESCRIPTION
    "Reads shapefiles, GeoPackages, tables and PostGIS as a study file says, and writes a GeoPackage that tells for every
rural district or village whether an industrial zone is in reach, who is left out, and what land and utilities it needs.
The command, the shared libraries with their headers, standards as data, and a sample study.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${PROJECT_BINARY_DIR}/libgeo)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)  # ldconfig when installed
include(CPack)
