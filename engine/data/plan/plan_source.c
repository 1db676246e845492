/* Tables of a plan, wherever they lie. */
#include "engine/data/plan/plan_source.h"

#include <string.h>

#include "engine/data/text/csv_file.h"
#include "engine/data/plan/plan_tables.h"
#include "engine/data/month/problems_private.h"
#include "engine/data/drop/source.h"

/* The sheet's name for a file's: targets of targets.csv. New. */
static char *stem_of(const char *file)
{
    return g_strndup(file, strcspn(file, "."));
}

/* What the i-th table is called as a file: plan.ini, then those of PLAN_TABLES. NULL after the last. */
static const char *table_file(size_t i)
{
    if (i == 0)
        return PLAN_INI;
    return i <= N_PLAN_TABLES ? PLAN_TABLES[i - 1].spec.file : NULL;
}

static gboolean open_workbook(PlanSource *self, GError **error)
{
    return !self->path || (self->workbook = xlsx_open(self->path, error));
}

/* In a folder: plan.xlsx, unless plan.ini is there. */
static gboolean find_workbook(PlanSource *self, GError **error)
{
    g_autofree char *ini = g_build_filename(self->folder, PLAN_INI, NULL),
                    *book = g_build_filename(self->folder, PLAN_WORKBOOK, NULL);
    if (!g_file_test(book, G_FILE_TEST_EXISTS))
        return TRUE;
    if (g_file_test(ini, G_FILE_TEST_EXISTS)) {
        wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.file = self->folder, .advice = "move one of them out of the folder"},
                     "the plan stands twice, in " PLAN_INI " and in " PLAN_WORKBOOK);
        return FALSE;
    }
    self->path = g_steal_pointer(&book);
    return TRUE;
}

PlanSource *plan_source_open(const char *path, GError **error)
{
    g_autoptr(PlanSource) self = g_new0(PlanSource, 1);
    if (source_is_workbook(path)) {
        self->folder = g_path_get_dirname(path);
        self->path = g_strdup(path);
    } else {
        self->folder = g_strdup(path);
        if (!find_workbook(self, error))
            return NULL;
    }
    return open_workbook(self, error) ? g_steal_pointer(&self) : NULL;
}

void plan_source_free(PlanSource *self)
{
    if (!self)
        return;
    xlsx_free(self->workbook);
    g_free(self->folder);
    g_free(self->path);
    g_free(self);
}

void plan_source_name_places(const PlanSource *self, WmProblems *problems)
{
    if (!self->workbook)
        return;
    g_autofree char *base = g_path_get_basename(self->path);
    for (size_t i = 0; table_file(i); i++) {
        g_autofree char *stem = stem_of(table_file(i));
        g_autofree char *place = g_strdup_printf("%s!%s", base, stem), *words = g_strdup_printf("sheet %s", stem);
        problems_rename_place(problems, table_file(i), place, words);
    }
}

static gboolean is_table(const char *sheet)
{
    for (size_t i = 0; table_file(i); i++) {
        g_autofree char *stem = stem_of(table_file(i));
        if (g_ascii_strcasecmp(stem, sheet) == 0)
            return TRUE;
    }
    return FALSE;
}

static void report(WmProblems *problems, WmSeverity severity, const char *file, const char *code, const char *message,
                   const char *advice)
{
    wm_problems_add(problems, &(WmProblem){.file = file, .severity = severity, .code = code, .message = message, .advice = advice});
}

void plan_source_report_unread(const PlanSource *self, WmProblems *problems)
{
    if (!self->workbook)
        return;
    g_autofree char *base = g_path_get_basename(self->path);
    size_t n;
    const XlsxSheet *sheets = xlsx_sheets(self->workbook, &n);
    for (size_t i = 0; i < n; i++) {
        g_autofree char *message = g_strdup_printf("sheet “%s” is no table of a plan, and was not read", sheets[i].name);
        if (sheets[i].part && !is_table(sheets[i].name))
            report(problems, WM_SEVERITY_INFO, base, "unread_sheet", message, "nothing to do, unless the name is a slip");
    }
    for (size_t i = 0; table_file(i); i++) {
        g_autofree char *path = g_build_filename(self->folder, table_file(i), NULL);
        g_autofree char *message = g_strdup_printf("%s beside it was not read", table_file(i));
        if (g_file_test(path, G_FILE_TEST_EXISTS))
            report(problems, WM_SEVERITY_WARNING, base, "unread_table", message,
                   "the workbook holds every table: move the file into it, or away");
    }
}

/* A link that leads nowhere is there as well: reading it says so. */
static gboolean is_there(const char *path)
{
    return g_file_test(path, G_FILE_TEST_EXISTS) || g_file_test(path, G_FILE_TEST_IS_SYMLINK);
}

gboolean plan_source_has(const PlanSource *self, const char *file)
{
    g_autofree char *stem = stem_of(file), *path = g_build_filename(self->folder, file, NULL);
    return self->workbook ? xlsx_has_sheet(self->workbook, stem) : is_there(path);
}

char *plan_source_place(const PlanSource *self, const char *file)
{
    g_autofree char *stem = stem_of(file);
    return self->workbook ? g_strdup_printf("%s!%s", self->path, stem) : g_build_filename(self->folder, file, NULL);
}

gboolean plan_source_read(const PlanSource *self, const char *file, SheetRowFunc func, gpointer data, gboolean *was_windows_1252,
                          GError **error)
{
    *was_windows_1252 = FALSE;
    if (self->workbook) {
        g_autofree char *stem = stem_of(file);
        const XlsxSheet *sheet = xlsx_find_sheet(self->workbook, stem, error);
        return sheet && xlsx_read_sheet(self->workbook, sheet, func, data, NULL, error);
    }
    g_autofree char *path = plan_source_place(self, file);
    CsvFacts facts = {0};
    const gboolean is_read = csv_file_read(path, func, data, &facts, error);
    *was_windows_1252 = facts.was_windows_1252;
    return is_read;
}
