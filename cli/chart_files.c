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

/* The ids joined, other characters as underscores; then, and where it is too long, a hash of the ids keeps two charts from sharing
 * a file. */
char *file_stem(const char *const *ids, size_t n)
{
    g_autoptr(GString) name = g_string_new(NULL);
    g_autoptr(GChecksum) hash = g_checksum_new(G_CHECKSUM_SHA256);
    gboolean is_exact = TRUE;
    for (size_t i = 0; i < n; i++) {
        g_string_append(name, i ? BETWEEN_PARTS : "");
        for (const char *c = ids[i]; *c; c++)
            g_string_append_c(name, is_kept(ids[i], c) ? *c : '_');
        g_checksum_update(hash, (const guchar *)ids[i], (gssize)strlen(ids[i]) + 1);
        is_exact &= is_plain(ids[i]);
    }
    if (is_exact && name->len <= MAX_NAME)
        return g_strdup(name->str);
    return g_strdup_printf("%.*s~%.8s", MAX_NAME, name->str, g_checksum_get_string(hash));
}

/* INDICATOR[--UNIT][--COHORT] of a series, INDICATOR[--REGION][--COHORT] of an indicator, "plan[--REGION]" of all; of a file
 * without a plan, its title. */
static char *subject_of(WmChartScope scope, const WmChartSelection *selection)
{
    if (!selection->plan && scope != WM_SCOPE_SERIES)
        return file_stem(&selection->title, 1);
    const char *region = selection->within ? selection->within->unit : "";
    if (scope == WM_SCOPE_PLAN || selection->n_series == 0)
        return file_stem((const char *const[]){"plan", region}, *region ? 2 : 1);
    const WmSeries *series = selection->series[0];
    if (scope == WM_SCOPE_INDICATOR && !*region)
        return file_stem((const char *const[]){series->indicator, series->cohort}, *series->cohort ? 2 : 1);
    const char *second = scope == WM_SCOPE_INDICATOR ? region : series->unit;
    const char *const ids[] = {series->indicator, second, series->cohort};
    return file_stem(ids, *series->cohort ? 3 : *second ? 2 : 1);
}

/* Then what the chart's kind adds: nothing for a trajectory, else a tilde, which no id keeps, and its name. */
static char *file_name(const WmChartKind *kind, const WmChartSelection *selection, const char *ending)
{
    g_autofree char *subject = subject_of(wm_chart_kind_scope(kind), selection);
    const char *name = wm_chart_kind_name(kind);
    const gboolean is_plain_kind = strcmp(name, "trajectory") == 0;
    return g_strconcat(subject, is_plain_kind ? "" : "~", is_plain_kind ? "" : name, ".", ending, NULL);
}

gboolean write_chart_file(const WmChartKind *kind, const WmChartSelection *selection, const WmChartOptions *options,
                          const char *folder, char **path, GError **error)
{
    g_autoptr(GBytes) chart = wm_chart_kind_write(kind, selection, options, error);
    if (!chart) {
        if (selection->n_series && wm_chart_kind_scope(kind) != WM_SCOPE_PLAN)
            g_prefix_error(error, "indicator %s: ", selection->series[0]->indicator);
        return FALSE;
    }
    g_autofree char *name = file_name(kind, selection, wm_format_name(options->format));
    g_autofree char *target = g_build_filename(folder, name, NULL);
    gsize length;
    gconstpointer bytes = g_bytes_get_data(chart, &length);
    if (!write_output(target, bytes, length, error))
        return FALSE;
    if (path)
        *path = g_steal_pointer(&target);
    return TRUE;
}

gboolean write_series_chart(const char *kind, const WmSeries *series, const WmChartOptions *options, const char *folder,
                            GError **error)
{
    const WmChartSelection selection = {.series = &series, .n_series = 1, .title = "", .as_at = series->assessment.as_at};
    return write_chart_file(wm_chart_kind_find(kind), &selection, options, folder, NULL, error);
}
