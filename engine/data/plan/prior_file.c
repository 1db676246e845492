/* Files of priors. */
#include "engine/data/plan/prior_file.h"

#include <math.h>
#include <string.h>

#include "engine/data/text/number_text.h"

#define FILE_VERSION     4
#define MAX_PATH_PERIODS 6000 /* 300 years of months and more: beyond that a file is damaged */

/* The members of a prior that are one number each. */
typedef struct {
    const char *key;
    size_t offset;
} NumberKey;

static const NumberKey NUMBERS[] = {
    {"low", offsetof(WmPrior, group.low)}, {"high", offsetof(WmPrior, group.high)}, {"change", offsetof(WmPrior, change)},
    {"scale", offsetof(WmPrior, scale)},   {"units", offsetof(WmPrior, units)},     {"centre", offsetof(WmPrior, centre)},
    {"kappa", offsetof(WmPrior, kappa)},   {"spread", offsetof(WmPrior, spread)},
};

static double *number_at(WmPrior *prior, const NumberKey *key)
{
    return (double *)(void *)((char *)prior + key->offset);
}

static void append_number(GString *out, double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append(out, number_text(value, text));
}

static void append_list(GString *out, const char *key, const double *values, size_t n)
{
    g_string_append_printf(out, "%s =", key);
    for (size_t i = 0; i < n; i++) {
        g_string_append(out, i ? "," : " ");
        append_number(out, values[i]);
    }
    g_string_append_c(out, '\n');
}

static void append_prior(GString *out, const WmPrior *prior, size_t i)
{
    WmPrior copy = *prior;
    g_string_append_printf(out, "\n[prior %zu]\nperiod = %s\nstep_days = %d\nseries = %zu\n", i + 1,
                           wm_period_kind_name(prior->group.period_kind), prior->group.step_days, prior->n_series);
    for (size_t k = 0; k < G_N_ELEMENTS(NUMBERS); k++) {
        g_string_append_printf(out, "%s = ", NUMBERS[k].key);
        append_number(out, *number_at(&copy, &NUMBERS[k]));
        g_string_append_c(out, '\n');
    }
    append_list(out, "weights", prior->weights, prior->n_kernels);
    g_string_append_printf(out, "first = %d\n", prior->first);
    append_list(out, "path", prior->path, prior->path ? prior->n_periods : 0);
}

GString *prior_file_format(const WmPrior *const *priors, size_t n_priors)
{
    g_autoptr(GString) body = g_string_new(NULL);
    for (size_t i = 0; i < n_priors; i++)
        append_prior(body, priors[i], i);
    g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, body->str, (gssize)body->len);
    GString *out = g_string_new(
        "# What is typical of a batch of series; made by `waymark priors learn`. Numbers are on the scale of measurement:\n"
        "# see docs/methods-forecast.md. sha256 is that of all that follows it, from the empty line on.\n");
    g_string_append_printf(out, "[waymark-priors]\nversion = %d\nsha256 = %s\n%s", FILE_VERSION, hash, body->str);
    return out;
}

static gboolean fail(const char *path, const char *advice, GError **error, const char *what)
{
    wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.file = path, .advice = advice}, "%s", what);
    return FALSE;
}

#define MAKE_ANEW "make it again with `waymark priors learn`"

static gboolean check_file(const char *path, GKeyFile *file, const char *text, GError **error)
{
    if (!g_key_file_has_group(file, "waymark-priors"))
        return fail(path, MAKE_ANEW, error, "this is no file of priors");
    if (g_key_file_get_integer(file, "waymark-priors", "version", NULL) != FILE_VERSION)
        return fail(path, MAKE_ANEW, error, "priors of another version");
    g_autofree char *given = g_key_file_get_string(file, "waymark-priors", "sha256", NULL);
    const char *body = strstr(text, "\n\n[prior ");
    g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, body ? body + 1 : "", -1);
    if (!given || strcmp(given, hash) != 0)
        return fail(path, MAKE_ANEW, error, "changed since it was made: its contents do not match its sha256");
    return TRUE;
}

/* Numbers separated by commas; an empty one is NAN. Returns how many; at most `room` are kept. */
static size_t read_list(GKeyFile *file, const char *group, const char *key, double *out, size_t room)
{
    g_autofree char *text = g_key_file_get_string(file, group, key, NULL);
    if (!text || !*text)
        return 0;
    g_auto(GStrv) parts = g_strsplit(text, ",", -1);
    const size_t n = g_strv_length(parts);
    for (size_t i = 0; i < n && i < room; i++)
        out[i] = *g_strstrip(parts[i]) ? g_ascii_strtod(parts[i], NULL) : NAN;
    return n;
}

static gboolean read_period_kind(GKeyFile *file, const char *group, WmPeriodKind *out)
{
    g_autofree char *text = g_key_file_get_string(file, group, "period", NULL);
    for (WmPeriodKind kind = WM_PERIOD_DAY; text && kind < WM_N_PERIOD_KINDS; kind++)
        if (strcmp(text, wm_period_kind_name(kind)) == 0) {
            *out = kind;
            return TRUE;
        }
    return FALSE;
}

static gboolean is_sound(const WmPrior *prior)
{
    double sum = 0;
    for (size_t k = 0; k < prior->n_kernels; k++)
        sum += prior->weights[k] > 0 ? prior->weights[k] : NAN;
    return fabs(sum - 1) < 1e-6 && prior->centre > 0 && !(prior->scale <= 0) && !(prior->change <= 0) && prior->units >= 1 &&
           prior->spread > 0 && prior->kappa >= 0 && prior->kappa <= 1;
}

static gboolean read_prior(GKeyFile *file, const char *group, WmPrior *out)
{
    WmForecastGroup about = {.low = NAN, .high = NAN};
    if (!read_period_kind(file, group, &about.period_kind))
        return FALSE;
    about.step_days = g_key_file_get_integer(file, group, "step_days", NULL);
    wm_prior_builtin(&about, out);
    for (size_t k = 0; k < G_N_ELEMENTS(NUMBERS); k++)
        if (read_list(file, group, NUMBERS[k].key, number_at(out, &NUMBERS[k]), 1) == 0)
            *number_at(out, &NUMBERS[k]) = NAN;
    out->n_series = (size_t)g_key_file_get_uint64(file, group, "series", NULL);
    const size_t n_weights = read_list(file, group, "weights", out->weights, WM_MAX_PARTS);
    out->first = g_key_file_get_integer(file, group, "first", NULL);
    out->n_periods = read_list(file, group, "path", NULL, 0);
    if (n_weights != out->n_kernels || !is_sound(out) || out->n_periods > MAX_PATH_PERIODS)
        return FALSE;
    out->path = g_try_new(double, out->n_periods + 1);
    if (out->path)
        read_list(file, group, "path", out->path, out->n_periods);
    return out->path && wm_prior_prepare(out) == WM_OK;
}

static void clear_prior(gpointer data)
{
    wm_prior_clear(data);
}

GArray *prior_file_read(const char *path, GError **error)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) cause = NULL;
    g_autoptr(GKeyFile) file = g_key_file_new();
    if (!g_file_get_contents(path, &text, NULL, &cause)) {
        wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = path, .advice = "give learn, builtin or a file of priors"}, "%s",
                     cause->message);
        return NULL;
    }
    if (!g_key_file_load_from_data(file, text, (gsize)-1, G_KEY_FILE_NONE, &cause)) {
        fail(path, MAKE_ANEW, error, "this is no file of priors");
        return NULL;
    }
    if (!check_file(path, file, text, error))
        return NULL;
    g_autoptr(GArray) priors = g_array_new(FALSE, TRUE, sizeof(WmPrior));
    g_array_set_clear_func(priors, clear_prior);
    g_auto(GStrv) groups = g_key_file_get_groups(file, NULL);
    for (char **group = groups; *group; group++) {
        if (!g_str_has_prefix(*group, "prior "))
            continue;
        WmPrior prior = {.n_periods = 0};
        const gboolean is_read = read_prior(file, *group, &prior);
        g_array_append_val(priors, prior);
        if (!is_read) {
            fail(path, MAKE_ANEW, error, "a prior that cannot be used");
            return NULL;
        }
    }
    return g_steal_pointer(&priors);
}
