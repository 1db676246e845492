# The files of postgres/store, within the library: what brings a store on PostgreSQL from each version to the next.
file(GLOB STORE_SQL CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/postgres/store/*.sql)
list(SORT STORE_SQL COMPARE NATURAL)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${STORE_SQL})
set(bytes "")
set(names "")
foreach(file ${STORE_SQL})
  get_filename_component(version ${file} NAME_WE)
  file(READ ${file} hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," hex "${hex}")
  string(APPEND bytes "static const unsigned char VERSION_${version}[] = {${hex}0};\n")
  string(APPEND names "(const char *)VERSION_${version}, ")
endforeach()
set(STORE_SQL_SOURCE ${CMAKE_CURRENT_BINARY_DIR}/postgres_versions.c)
file(CONFIGURE OUTPUT ${STORE_SQL_SOURCE} @ONLY CONTENT
"/* Made from the files of postgres/store. */
#include \"engine/data/store/postgres/postgres_schema.h\"

@bytes@
const char *const POSTGRES_VERSIONS[] = {@names@NULL};
")
