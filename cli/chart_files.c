/* Charts as files. */
#include "cli/chart_files.h"

#include <string.h>

#define BETWEEN_PARTS "--"
#define MAX_NAME      120 /* bytes, before the ending; file systems take 255 */

static gboolean is_kept(const char *text, const char *c)
{
    return g_ascii_isalnum(*c) || *c == '_' || *c == '-' || (*c == '.' && c != text);
}

/* Whether an id stands in a file name as it is, and cannot be taken for two. */
static gboolean is_plain(const char *text)
{
    for (const char *c = text; *c; c++)
        if (!is_kept(text, c))
            return FALSE;
    return *text != '-' && !g_str_has_suffix(text, "-") && !strstr(text, BETWEEN_PARTS);
}

/* INDICATOR, INDICATOR--UNIT or INDICATOR--UNIT--COHORT, then what the chart's kind adds. Other characters become underscores;
 * then, and where it is too long, a hash of the ids keeps two series from sharing a file. */
static char *file_name(const WmSeries *series, const char *kind, const char *ending)
{
    const char *const parts[] = {series->indicator, series->unit, series->cohort};
    const size_t n = *series->cohort ? 3 : *series->unit ? 2 : 1;
    g_autoptr(GString) name = g_string_new(NULL);
    g_autoptr(GChecksum) hash = g_checksum_new(G_CHECKSUM_SHA256);
    gboolean is_exact = TRUE;
    for (size_t i = 0; i < n; i++) {
        g_string_append(name, i ? BETWEEN_PARTS : "");
        for (const char *c = parts[i]; *c; c++)
            g_string_append_c(name, is_kept(parts[i], c) ? *c : '_');
        g_checksum_update(hash, (const guchar *)parts[i], (gssize)strlen(parts[i]) + 1);
        is_exact &= is_plain(parts[i]);
    }
    if (is_exact && name->len <= MAX_NAME)
        return g_strdup_printf("%s%s.%s", name->str, kind, ending);
    return g_strdup_printf("%.*s~%.8s%s.%s", MAX_NAME, name->str, g_checksum_get_string(hash), kind, ending);
}

static GBytes *draw_spc(const WmSeries *series, const WmChartOptions *options, GError **error)
{
    return wm_chart_spc(series, NULL, options, error);
}

static const struct {
    const char *name;
    GBytes *(*draw)(const WmSeries *series, const WmChartOptions *options, GError **error);
    const char *in_file_name; /* a tilde, for no id has one there */
} KINDS[N_CHART_KINDS] = {[CHART_TRAJECTORY] = {"trajectory", wm_chart_trajectory, ""}, [CHART_SPC] = {"spc", draw_spc, "~spc"}};

gboolean chart_kind_parse(const char *text, ChartKind *out)
{
    for (ChartKind kind = 0; kind < N_CHART_KINDS; kind++)
        if (g_ascii_strcasecmp(text, KINDS[kind].name) == 0) {
            *out = kind;
            return TRUE;
        }
    return FALSE;
}

gboolean write_chart_file(const WmSeries *series, const WmChartOptions *options, const char *folder, char **path, GError **error)
{
    return write_chart_file_of(CHART_TRAJECTORY, series, options, folder, path, error);
}

gboolean write_chart_file_of(ChartKind kind, const WmSeries *series, const WmChartOptions *options, const char *folder, char **path,
                             GError **error)
{
    g_autoptr(GBytes) chart = KINDS[kind].draw(series, options, error);
    if (!chart) {
        g_prefix_error(error, "indicator %s: ", series->indicator);
        return FALSE;
    }
    g_autofree char *name = file_name(series, KINDS[kind].in_file_name, wm_format_name(options->format));
    g_autofree char *target = g_build_filename(folder, name, NULL);
    gsize length;
    gconstpointer bytes = g_bytes_get_data(chart, &length);
    if (!write_output(target, bytes, length, error))
        return FALSE;
    if (path)
        *path = g_steal_pointer(&target);
    return TRUE;
}
