/* The units of a nation beside each other, a page for each measure. */
#include "cli/batch/measure_page.h"

#include <glib/gstdio.h>
#include <string.h>
#include <waymark/comparison.h>
#include <waymark/report.h>

#include "cli/chart_files.h"
#include "engine/data/text/whole_file.h"

#define ALL_ROWS "areas.csv"
#define FOLDER   "areas"

/* Where a measure's file lies, from the batch's folder. New. */
static char *name_of(const PackBatch *self, size_t i_indicator, const char *ending)
{
    g_autofree char *stem = file_stem(&self->nation->indicators[i_indicator].indicator, 1);
    return g_strconcat(FOLDER "/", stem, ending, NULL);
}

static char *path_of(const PackBatch *self, size_t i_indicator, const char *ending)
{
    g_autofree char *name = name_of(self, i_indicator, ending);
    return g_build_filename(self->out, name, NULL);
}

char *measure_page_path(const PackBatch *self, size_t i_indicator)
{
    g_autofree char *path = path_of(self, i_indicator, ".html");
    return g_file_test(path, G_FILE_TEST_EXISTS) ? name_of(self, i_indicator, ".html") : NULL;
}

size_t measure_pages_begin(const PackBatch *self, size_t n_packs_to_make)
{
    g_autofree char *rows = g_build_filename(self->out, ALL_ROWS, NULL);
    if (!self->nation || (n_packs_to_make == 0 && g_file_test(rows, G_FILE_TEST_EXISTS)))
        return 0;
    g_unlink(rows);
    return self->nation->n_indicators;
}

/* ---- one measure ---- */

static void take_away(const PackBatch *self, size_t i_indicator)
{
    static const char *const ENDINGS[] = {".csv", ".html", ".pdf"};
    for (size_t i = 0; i < G_N_ELEMENTS(ENDINGS); i++) {
        g_autofree char *path = path_of(self, i_indicator, ENDINGS[i]);
        g_unlink(path);
    }
}

static gboolean write_bytes(const PackBatch *self, size_t i_indicator, const char *ending, GBytes *taken, GError **error)
{
    g_autoptr(GBytes) bytes = taken;
    g_autofree char *path = path_of(self, i_indicator, ending);
    gsize length = 0;
    gconstpointer data = bytes ? g_bytes_get_data(bytes, &length) : NULL;
    return bytes && write_output(path, data, length, error);
}

static gboolean write_page(const PackBatch *self, size_t i_indicator, const WmMonth *month, GError **error)
{
    g_autoptr(WmDocument) document = wm_report_areas(month, error);
    return document && write_bytes(self, i_indicator, ".html", wm_document_to_html(document, error), error) &&
           (!self->options->files.wants_pdf || write_bytes(self, i_indicator, ".pdf", wm_document_to_pdf(document, error), error));
}

/* The rows last: they are what says that a measure is done. */
static gboolean write_measure(const PackBatch *self, size_t i_indicator, const WmMonth *month, GError **error)
{
    g_autoptr(WmComparison) comparison = wm_comparison_new(month);
    char *rows = wm_comparison_to_csv(comparison);
    GBytes *csv = g_bytes_new_take(rows, strlen(rows));
    if (comparison->n_measures == 0 || write_page(self, i_indicator, month, error))
        return write_bytes(self, i_indicator, ".csv", csv, error);
    g_bytes_unref(csv);
    return FALSE;
}

int measure_page_make(PackBatch *self, size_t i_indicator)
{
    g_autoptr(GError) error = NULL;
    if (is_interrupted(NULL))
        return WM_ERROR_INTERRUPTED;
    take_away(self, i_indicator);
    g_autoptr(WmMonth) month =
        pack_batch_open_nation(self, &error) ? wm_months_of_measure(self->months, i_indicator, &error) : NULL;
    if (month && write_measure(self, i_indicator, month, &error))
        return EXIT_DONE;
    g_printerr("waymark batch: %s of all areas: %s\n", self->nation->indicators[i_indicator].indicator, error->message);
    return error->domain == WM_ERROR ? error->code : WM_ERROR_FILE;
}

/* ---- all ---- */

/* The header is the first one's. */
static gboolean append_rows(WholeFile *out, const char *path, gboolean with_header, GError **error)
{
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = path, .advice = "run the batch again"}, "it was not made");
        return FALSE;
    }
    const char *rows = with_header ? text : strchr(text, '\n') + 1;
    return whole_file_write(out, rows, strlen(rows), error);
}

gboolean measure_pages_gather(const PackBatch *self, GError **error)
{
    g_autofree char *path = g_build_filename(self->out, ALL_ROWS, NULL);
    g_autoptr(WholeFile) out = whole_file_begin(path, "make room, or choose another folder with --out", error);
    for (size_t i = 0; out && i < self->nation->n_indicators; i++) {
        g_autofree char *part = path_of(self, i, ".csv");
        if (!append_rows(out, part, i == 0, error))
            return FALSE;
    }
    return out && whole_file_commit(out, NULL, CAN_BE_MADE_AGAIN, error);
}
