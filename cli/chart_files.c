/* Charts as files. */
#include "cli/chart_files.h"

#include <string.h>

/* A part of a file name: letters, digits, dot and hyphen stay, the rest becomes an underscore. */
static void append_part(GString *name, const char *text)
{
    if (!*text)
        return;
    if (name->len)
        g_string_append_c(name, '-');
    for (const char *c = text; *c; c++)
        g_string_append_c(name, g_ascii_isalnum(*c) || strchr(".-", *c) ? *c : '_');
}

gboolean write_chart_file(const WmSeries *series, const WmChartOptions *options, const char *folder, char **path, GError **error)
{
    g_autoptr(GBytes) chart = wm_chart_trajectory(series, options, error);
    if (!chart) {
        g_prefix_error(error, "indicator %s: ", series->indicator);
        return FALSE;
    }
    g_autoptr(GString) name = g_string_new(NULL);
    append_part(name, series->indicator);
    append_part(name, series->unit);
    append_part(name, series->cohort);
    g_string_append_printf(name, ".%s", wm_format_name(options->format));
    g_autofree char *target = g_build_filename(folder, name->str, NULL);
    gsize length;
    gconstpointer bytes = g_bytes_get_data(chart, &length);
    if (!write_output(target, bytes, length, error))
        return FALSE;
    if (path)
        *path = g_steal_pointer(&target);
    return TRUE;
}
