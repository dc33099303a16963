# What is installed: the three libraries with headers, CMake package and pkg-config files, standards, and the sample.
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/amayesh)
set(libraries amayesh_geo amayesh_io amayesh_study)

set_target_properties(${libraries} PROPERTIES INSTALL_RPATH "$ORIGIN")
install(TARGETS ${libraries} EXPORT amayesh
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/libgeo/include/amayesh DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
    FILES_MATCHING PATTERN "*.hpp")

install(EXPORT amayesh NAMESPACE amayesh:: DESTINATION ${package_dir} FILE amayeshTargets.cmake)
configure_package_config_file(libgeo/cmake/amayeshConfig.cmake.in amayeshConfig.cmake INSTALL_DESTINATION ${package_dir}
    PATH_VARS CMAKE_INSTALL_DATADIR)
write_basic_package_version_file(amayeshConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/amayeshConfig.cmake ${PROJECT_BINARY_DIR}/amayeshConfigVersion.cmake
    DESTINATION ${package_dir})

# The prefix is found from where the .pc file stands, so that the tree can be moved.
set(pkgconfig_dir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
file(RELATIVE_PATH prefix_from_pkgconfig /prefix/${pkgconfig_dir} /prefix)
string(REGEX REPLACE "/$" "" prefix_from_pkgconfig ${prefix_from_pkgconfig})
foreach(name amayesh amayesh-geo)
    configure_file(libgeo/cmake/${name}.pc.in ${PROJECT_BINARY_DIR}/${name}.pc @ONLY)
    install(FILES ${PROJECT_BINARY_DIR}/${name}.pc DESTINATION ${pkgconfig_dir})
endforeach()

install(DIRECTORY ${PROJECT_SOURCE_DIR}/standards/ DESTINATION ${CMAKE_INSTALL_DATADIR}/amayesh/standards
    FILES_MATCHING PATTERN "*.toml")
install(DIRECTORY ${PROJECT_SOURCE_DIR}/shapefiles/khorasan_razavi
    DESTINATION ${CMAKE_INSTALL_DATADIR}/amayesh/samples)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)
install(FILES ${PROJECT_SOURCE_DIR}/NOTICE DESTINATION ${CMAKE_INSTALL_DOCDIR})

# amayesh_install_command(target): the command finds the libraries beside it, wherever the tree is put.
function(amayesh_install_command target)
    file(RELATIVE_PATH lib_from_bin /prefix/${CMAKE_INSTALL_BINDIR} /prefix/${CMAKE_INSTALL_LIBDIR})
    set_target_properties(${target} PROPERTIES INSTALL_RPATH "$ORIGIN/${lib_from_bin}")
    install(TARGETS ${target} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endfunction()
