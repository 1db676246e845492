/* The quarantine as files: drops/2021-07-31/x.csv has its refused rows in quarantine/2021-07-31/x.csv. */
#include "engine/data/drop/quarantine_file.h"

#include <glib/gstdio.h>
#include <string.h>

#include "engine/data/text/number_text.h"
#include "engine/data/text/whole_file.h"

#define ADVICE      "make room, and make the plan folder writable"
#define CHUNK_BYTES (64 * 1024)

typedef struct {
    WholeFile *file;
    GString *text;
    gint64 drop;
} Writing;

static gboolean flush(Writing *self, GError **error)
{
    const gboolean is_written = whole_file_write(self->file, self->text->str, self->text->len, error);
    g_string_truncate(self->text, 0);
    return is_written;
}

static bool write_row(const WmQuarantined *row, void *data, GError **error)
{
    Writing *self = data;
    g_autofree char *drop = g_strdup_printf("%" G_GINT64_FORMAT, self->drop), *line = g_strdup_printf("%d", row->line);
    g_autofree char *column = row->column ? g_strdup_printf("%d", row->column) : g_strdup("");
    const char *const fields[] = {drop, line, column, row->code, row->message, row->raw};
    csv_append_row(self->text, fields, G_N_ELEMENTS(fields));
    return self->text->len < CHUNK_BYTES || flush(self, error);
}

static gboolean write_file(WmStore *store, const WmDropInfo *drop, const char *path, GError **error)
{
    g_autoptr(WholeFile) file = whole_file_begin(path, ADVICE, error);
    g_autoptr(GString) text = g_string_new("drop,line,column,code,message,raw\n");
    Writing self = {file, text, drop->id};
    return file && wm_store_each_quarantined(store, drop->id, write_row, &self, error) && flush(&self, error) &&
           whole_file_commit(file, NULL, CAN_BE_MADE_AGAIN, error);
}

/* Where a drop's refused rows go: the same place below another folder, as CSV. New. */
static char *path_of(const WmPlan *plan, const char *file)
{
    const char *below = g_str_has_prefix(file, "drops/") ? file + strlen("drops/") : file;
    g_autofree char *name = g_str_has_suffix(below, ".csv") ? g_strdup(below) : g_strconcat(below, ".csv", NULL);
    return g_build_filename(plan->folder, "quarantine", name, NULL);
}

void quarantine_file_remove(const WmPlan *plan, const char *file)
{
    g_autofree char *path = path_of(plan, file);
    g_remove(path);
}

gboolean wm_ingest_write_quarantine(WmStore *store, const WmPlan *plan, GError **error)
{
    g_autoptr(GArray) drops = wm_store_drops(store, WM_NO_DAY, error);
    for (guint i = 0; drops && i < drops->len; i++) {
        const WmDropInfo *drop = &g_array_index(drops, WmDropInfo, i);
        g_autofree char *path = path_of(plan, drop->file);
        if (drop->n_quarantined && !drop->replaced_by && !g_file_test(path, G_FILE_TEST_EXISTS) &&
            !write_file(store, drop, path, error))
            return FALSE;
    }
    return drops != NULL;
}
