/* The store looked over, and copied. */
#include "engine/data/store/store_private.h"
#include "engine/data/text/whole_file.h"

const char *store_mend_advice(const WmStore *self)
{
    return wm_store_is_address(self->path)
               ? "restore the database from a backup; without one, empty it, and the drops folders fill it again"
               : "move waymark.db away and run again: the drops folder rebuilds it";
}

void store_report(const WmStore *self, WmProblems *problems, const char *code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *name = wm_store_is_address(self->path) ? g_strdup(self->path) : g_path_get_basename(self->path);
    wm_problems_add(
        problems,
        &(WmProblem){
            .file = name, .severity = WM_SEVERITY_ERROR, .code = code, .message = message, .advice = store_mend_advice(self)});
}

bool wm_store_check(WmStore *self, WmProblems *problems, GError **error)
{
    if (!wm_store_begin_read(self, error))
        return false;
    const bool is_done = self->backend->check(self, problems, error);
    wm_store_end_read(self);
    return is_done;
}

bool wm_store_backup(WmStore *self, const char *path, bool may_replace, GError **error)
{
    if (wm_store_is_address(path)) {
        wm_error_set(error, WM_ERROR_USAGE,
                     &(WmErrorPlace){.advice = "name a file; `waymark store move` copies a store into a database"},
                     "a backup is a file, not a database");
        return false;
    }
    if (!may_replace && g_file_test(path, G_FILE_TEST_EXISTS)) {
        wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = path, .advice = "choose another name, or give --force"},
                     "there is a file of that name");
        return false;
    }
    g_autoptr(WholeFile) file = whole_file_begin(path, "make room, or choose another folder", error);
    return file && self->backend->backup(self, whole_file_part(file), path, error) &&
           whole_file_commit(file, NULL, MUST_BE_ON_DISK, error);
}
