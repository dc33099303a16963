# cmake -D BUILD_DIR=… -D PROGRAM_DIR=… -D EXAMPLES_DIR=… -D WORK_DIR=… -D CXX=… -D LIBDIR=… -D INSTRUMENTATION=…
#       -D COMMAND_BUILT=… -P consume.cmake
function(run)
    execute_process(COMMAND ${ARGV} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
    list(JOIN ARGV " " line)
    message("${line}\n${output}")
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "failed (${result}): ${line}")
    endif()
    set(output "${output}" PARENT_SCOPE)
endfunction()

set(prefix ${WORK_DIR}/moved)
set(sample ${prefix}/share/amayesh/samples/khorasan_razavi/study.toml)
file(REMOVE_RECURSE ${WORK_DIR})
file(MAKE_DIRECTORY ${WORK_DIR})
file(COPY ${PROGRAM_DIR}/ DESTINATION ${WORK_DIR}/program)
file(COPY ${EXAMPLES_DIR}/ DESTINATION ${WORK_DIR}/examples)
run(${CMAKE_COMMAND} --install ${BUILD_DIR} --prefix ${WORK_DIR}/installed)
file(RENAME ${WORK_DIR}/installed ${prefix})  # nothing may remember where it was installed first

# by find_package
foreach(folder program examples)
    run(${CMAKE_COMMAND} -S ${WORK_DIR}/${folder} -B ${WORK_DIR}/build_${folder} -D CMAKE_PREFIX_PATH=${prefix}
        -D CMAKE_CXX_COMPILER=${CXX} -D CMAKE_CXX_FLAGS=${INSTRUMENTATION})
    run(${CMAKE_COMMAND} --build ${WORK_DIR}/build_${folder})
endforeach()
run(${WORK_DIR}/build_program/distances)
run(${WORK_DIR}/build_program/planner)
run(${WORK_DIR}/build_examples/gap_from_values)
run(${WORK_DIR}/build_examples/gap_from_study ${sample} ${WORK_DIR}/from_program.gpkg)
execute_process(COMMAND ${WORK_DIR}/build_examples/zonal_statistics RESULT_VARIABLE result OUTPUT_QUIET ERROR_QUIET)
if(NOT result EQUAL 2)
    message(FATAL_ERROR "zonal_statistics without arguments ended with ${result}")
endif()
run(${WORK_DIR}/build_examples/road_gaps ${prefix}/share/amayesh/samples/khorasan_razavi/rah.shp 1 100)
file(WRITE ${WORK_DIR}/links.csv "from,to,minutes\n0,1,10\n1,2,20.5\n2,3,10\n")
file(WRITE ${WORK_DIR}/facilities.csv "node\n3\n0\n")
run(${WORK_DIR}/build_examples/network_reach ${WORK_DIR}/links.csv ${WORK_DIR}/facilities.csv 30.5
    ${WORK_DIR}/nearest.csv ${WORK_DIR}/within.csv)
file(READ ${WORK_DIR}/nearest.csv nearest)
if(NOT nearest STREQUAL "node,facility,minutes\n0,0,0.000\n1,0,10.000\n2,3,10.000\n3,3,0.000\n")
    message(FATAL_ERROR "the example found other facilities:\n${nearest}")
endif()

# by pkg-config
set(ENV{PKG_CONFIG_PATH} ${prefix}/${LIBDIR}/pkgconfig)
foreach(pair distances:amayesh-geo planner:amayesh)
    string(REPLACE ":" ";" pair ${pair})
    list(GET pair 0 program)
    list(GET pair 1 package)
    run(pkg-config --cflags --libs ${package})
    separate_arguments(flags UNIX_COMMAND "${output}")
    run(${CXX} -std=c++20 ${INSTRUMENTATION} ${WORK_DIR}/program/${program}.cpp ${flags} -Wl,-rpath,${prefix}/${LIBDIR}
        -o ${WORK_DIR}/${program}_by_pkg_config)
    run(${WORK_DIR}/${program}_by_pkg_config)
endforeach()

# the command, from where it was moved to
if(COMMAND_BUILT)
    run(${prefix}/bin/amayesh --version)
    run(${CMAKE_COMMAND} -E chdir ${WORK_DIR} ${prefix}/bin/amayesh gap
        ${sample} -o ${WORK_DIR}/khorasan_razavi.gpkg)
    if(NOT EXISTS ${WORK_DIR}/khorasan_razavi.gpkg)
        message(FATAL_ERROR "the sample left no output")
    endif()
endif()
