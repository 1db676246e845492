# cmake --install: the command, the libraries, the headers and their pkg-config files.
install(TARGETS waymark_command RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS waymark_static waymark_shared waymark_core_static waymark_core_shared
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/waymark DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
# From where they lie, so that `cmake --install BUILD --prefix ELSEWHERE` is found there.
file(RELATIVE_PATH PKGCONFIG_TO_PREFIX "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
foreach(name waymark waymark-core)
  configure_file(cmake/${name}.pc.in ${CMAKE_BINARY_DIR}/${name}.pc @ONLY)
  install(FILES ${CMAKE_BINARY_DIR}/${name}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endforeach()
