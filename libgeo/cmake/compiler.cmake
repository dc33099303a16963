# How everything in this tree is compiled. Linked in the build tree alone, never installed.
add_library(amayesh_warnings INTERFACE)
target_compile_options(amayesh_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wcast-align -Woverloaded-virtual -Wnull-dereference
    -ffp-contract=off                       # the same bits on every machine
    -ffile-prefix-map=${PROJECT_SOURCE_DIR}=.
    $<$<BOOL:${AMAYESH_WERROR}>:-Werror>
    # False alarms of GCC 12 in inlined std::variant, std::optional and std::string; Clang and the sanitizers watch these.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-null-dereference -Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-restrict>)
if(AMAYESH_SANITIZE)
    target_compile_options(amayesh_warnings INTERFACE -fsanitize=${AMAYESH_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(amayesh_warnings INTERFACE -fsanitize=${AMAYESH_SANITIZE})
endif()
if(AMAYESH_COVERAGE)
    target_compile_options(amayesh_warnings INTERFACE --coverage -fprofile-update=atomic)
    target_link_options(amayesh_warnings INTERFACE --coverage)
endif()

function(amayesh_compile_settings target)
    target_compile_features(${target} PUBLIC cxx_std_20)
    target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:amayesh_warnings>)
    set_target_properties(${target} PROPERTIES
        CXX_EXTENSIONS OFF CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
endfunction()
