# What is installed: libwaymark (everything) and libwaymark-core (the pure maths, for other hosts), static and shared.
set(WAYMARK_DEPENDENCIES PkgConfig::GSL PkgConfig::GLIB PkgConfig::SQLITE PkgConfig::PQ PkgConfig::ZLIB PkgConfig::CJSON PkgConfig::CAIRO PkgConfig::PNG
  PkgConfig::XML PkgConfig::ZIP PkgConfig::XLSXWRITER ${CSV_LIBRARY} m)
set(WAYMARK_OBJECTS $<TARGET_OBJECTS:waymark_core> $<TARGET_OBJECTS:waymark_data> $<TARGET_OBJECTS:waymark_plot>)

function(waymark_add_library target type name)
  add_library(${target} ${type} ${ARGN})
  target_include_directories(${target} INTERFACE $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:include>)
  set_target_properties(${target} PROPERTIES OUTPUT_NAME ${name} VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR})
endfunction()

waymark_add_library(waymark_static STATIC waymark ${WAYMARK_OBJECTS})
target_link_libraries(waymark_static PUBLIC ${WAYMARK_DEPENDENCIES} PRIVATE waymark_options)
waymark_add_library(waymark_shared SHARED waymark ${WAYMARK_OBJECTS})
target_link_libraries(waymark_shared PRIVATE waymark_options ${WAYMARK_DEPENDENCIES})
waymark_add_library(waymark_core_static STATIC waymark-core $<TARGET_OBJECTS:waymark_core>)
target_link_libraries(waymark_core_static PUBLIC PkgConfig::GSL m)
waymark_add_library(waymark_core_shared SHARED waymark-core $<TARGET_OBJECTS:waymark_core>)
target_link_libraries(waymark_core_shared PRIVATE waymark_options PkgConfig::GSL m)

# Only the public names leave the shared libraries.
include(cmake/exports.cmake)
foreach(target waymark_shared waymark_core_shared)
  target_link_options(${target} PRIVATE "-Wl,--version-script=${WAYMARK_EXPORTS}")
  set_target_properties(${target} PROPERTIES LINK_DEPENDS ${WAYMARK_EXPORTS})
endforeach()
