# One target that carries the flags every part is built with.
add_library(waymark_options INTERFACE)
target_include_directories(waymark_options INTERFACE $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>)
target_compile_options(waymark_options INTERFACE
  -Wall -Wextra -Wpedantic -Werror -Wconversion -Wsign-conversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes
  -Wundef -Wwrite-strings -Wpointer-arith -Wformat=2 $<$<C_COMPILER_ID:GNU>:-Wno-format-truncation> -Wvla
  # A member that is left out of an initialiser is 0, on purpose.
  -Wno-missing-field-initializers
  # Truncating to the buffer is what snprintf is for.
  # The same bits whatever the optimiser: no fused multiply-add.
  -ffp-contract=off)
# GLib's own macros are checked by GLib.
target_compile_definitions(waymark_options INTERFACE GLIB_VERSION_MIN_REQUIRED=GLIB_VERSION_2_74 _XOPEN_SOURCE=700)
if(WAYMARK_SANITIZE)
  target_compile_options(waymark_options INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(waymark_options INTERFACE -fsanitize=address,undefined)
endif()
if(WAYMARK_FUZZ) # the clang preset is for its warnings
  target_compile_options(waymark_options INTERFACE -Wno-error -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(waymark_options INTERFACE -fsanitize=address,undefined)
endif()
string(REPLACE "-O3 -DNDEBUG" "-O3" CMAKE_C_FLAGS_RELEASE "${CMAKE_C_FLAGS_RELEASE}")
