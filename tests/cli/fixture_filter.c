#include "cli/fixture_filter.h"

#include <glib/gstdio.h>
#include <math.h>

void filter_file_clear(FilterFile *self)
{
    g_remove(self->path);
    g_free(self->path);
}
FilterFile filter_file(const char *text)
{
    FilterFile file = {NULL};
    const int handle = g_file_open_tmp("waymark-XXXXXX.csv", &file.path, NULL);
    assert_true(handle >= 0);
    g_close(handle, NULL);
    assert_true(g_file_set_contents(file.path, text, -1, NULL));
    return file;
}

Run filter_run(const char *const *words)
{
    const Folder here = {NULL};
    return run_in(&here, words);
}

char *filter_field(const char *csv, size_t row, size_t column)
{
    g_auto(GStrv) lines = g_strsplit(csv, "\n", -1);
    assert_true(row < g_strv_length(lines));
    g_auto(GStrv) fields = g_strsplit(lines[row], ",", -1);
    assert_true(column < g_strv_length(fields));
    return g_strdup(fields[column]);
}

double filter_number(const char *csv, size_t row, size_t column)
{
    g_autofree char *text = filter_field(csv, row, column);
    return *text ? g_ascii_strtod(text, NULL) : NAN;
}

size_t filter_n_rows(const char *csv)
{
    size_t n = 0;
    for (; *csv; csv++)
        n += *csv == '\n';
    return n - 1;
}

char *filter_rising(int n)
{
    GString *text = g_string_new(FILTER_MONTHLY);
    for (int i = 0; i < n; i++)
        g_string_append_printf(text, "north,%d-%02d,%d\nsouth,%d-%02d,%d\n", 2020 + i / 12, i % 12 + 1, 40 + i + i % 3,
                               2020 + i / 12, i % 12 + 1, 30 + i + i % 2);
    return g_string_free(text, FALSE);
}
