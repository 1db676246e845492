#!/usr/bin/env bash
# What `cmake --install` puts in place serves a stranger: the example builds through pkg-config, against the shared and the static library,
# and every public header compiles alone. Usage: test_install.sh BUILD_DIR
set -euo pipefail
build=$1
source=$(cd "$(dirname "$0")/../.." && pwd)
if grep -q 'WAYMARK_SANITIZE:BOOL=ON' "$build/CMakeCache.txt"; then
    echo "skipped: a library under sanitizers is not for installing"
    exit 77
fi
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT
n_passed=0 n_failed=0

check() { # NAME COMMAND...
    if "${@:2}" >"$prefix/log" 2>&1; then
        n_passed=$((n_passed + 1))
    else
        n_failed=$((n_failed + 1))
        echo "failed: $1"
        cat "$prefix/log"
    fi
}

cmake --install "$build" --prefix "$prefix/usr" >/dev/null
libdir=$(dirname "$(find "$prefix/usr" -name waymark.pc | head -1)")/..
export PKG_CONFIG_PATH="$libdir/pkgconfig" LD_LIBRARY_PATH="$libdir"
flags() { pkg-config "$@"; }

strict=(-std=c17 -Wall -Wextra -Wpedantic -Werror)
example=$source/examples/assess_a_series.c
build_shared() { cc "${strict[@]}" "$example" $(flags --cflags --libs waymark) -o "$prefix/shared"; }
# Our library static, the system's shared: what `pkg-config --static` of their own packages asks for need not be installed.
others() { flags --libs $(flags --print-requires waymark) $(flags --print-requires-private waymark); }
build_static() { cc "${strict[@]}" "$example" $(flags --cflags waymark) "$libdir/libwaymark.a" $(others) -lcsv -lm -o "$prefix/static"; }
check "the example builds against the shared library" build_shared
check "the example builds against the static library" build_static
check "the example runs, shared" "$prefix/shared" "$prefix/shared.svg"
check "the example runs, static" "$prefix/static" "$prefix/static.svg"
check "both draw the same chart" cmp "$prefix/shared.svg" "$prefix/static.svg"
check "the example names a status" sh -c "'$prefix/shared' '$prefix/x.svg' | grep -Eq '^(green|amber|red): '"
check "the command is installed" "$prefix/usr/bin/waymark" --version
for header in "$prefix"/usr/include/waymark/*.h; do
    echo "#include <waymark/$(basename "$header")>" >"$prefix/one.c"
    check "$(basename "$header") compiles alone" cc "${strict[@]}" -fsyntax-only $(flags --cflags waymark) "$prefix/one.c"
done
only_public() { # no symbol but those that a public header declares
    nm -D --defined-only "$libdir/libwaymark.so" | awk '$2 ~ /[TDBR]/ {print $3}' | sort >"$prefix/exported"
    grep -oh 'wm_[a-z0-9_]*(' "$source"/include/waymark/*.h | tr -d '(' | sort -u >"$prefix/declared"
    [[ -s $prefix/exported ]] && ! comm -23 "$prefix/exported" "$prefix/declared" | grep .
}
check "the shared library exports only public names" only_public
core_needs_no_glib() { ! nm -D --undefined-only "$libdir/libwaymark-core.so" | grep -E ' (g_|cairo_|sqlite3_|printf|fopen|abort|exit)'; }
check "the core needs no GLib, no files and never aborts" core_needs_no_glib
echo "$n_passed passed, $n_failed failed"
[[ $n_failed == 0 ]]
