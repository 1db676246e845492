/* waymark issue PLAN: freeze the month's papers as they are put to the board. */
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <waymark/issued.h>

#include "cli/month_files.h"
#include "cli/month_job.h"
#include "cli/output.h"
#include "engine/data/text/file_lock.h"
#include "engine/data/text/file_tree.h"

typedef struct {
    char *since_text, *charts_text;
    WmDay since;
    MonthFiles files;
    gboolean is_dry_run, is_again, is_list, is_verify;
} Options;

static void options_clear(Options *self)
{
    g_free(self->since_text);
    g_free(self->charts_text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

/* ---- what was issued ---- */

static int list_packs(const GPtrArray *packs, const CommonOptions *common)
{
    static const OutputColumn COLUMNS[] = {{"issue", FALSE},         {"as_at", FALSE},          {"files", TRUE},
                                           {"drops", TRUE},          {"plan_version", FALSE},   {"waymark_version", FALSE},
                                           {"method_version", TRUE}, {"manifest_sha256", FALSE}};
    g_autoptr(Output) output = output_new(COLUMNS, G_N_ELEMENTS(COLUMNS));
    for (guint i = 0; i < packs->len; i++) {
        const WmIssued *one = g_ptr_array_index(packs, i);
        char as_at[WM_PERIOD_TEXT];
        g_autofree char *files = g_strdup_printf("%zu", one->n_files), *drops = g_strdup_printf("%zu", one->n_drops);
        g_autofree char *method = g_strdup_printf("%d", one->method_version);
        output_add(output, (const char *[]){one->name, wm_day_format_iso(one->as_at, as_at), files, drops, one->plan_version,
                                            one->waymark_version, method, one->sha256});
    }
    output_print(output, common->format);
    return EXIT_DONE;
}

/* Every file of every pack that is not as it was issued. */
static int verify_packs(const GPtrArray *packs, const CommonOptions *common, GError **error)
{
    static const OutputColumn COLUMNS[] = {{"issue", FALSE}, {"file", FALSE}, {"state", FALSE}};
    g_autoptr(Output) output = output_new(COLUMNS, G_N_ELEMENTS(COLUMNS));
    size_t n_files = 0, n_wrong = 0;
    for (guint i = 0; i < packs->len; i++) {
        const WmIssued *pack = g_ptr_array_index(packs, i);
        g_autoptr(GArray) checks = wm_issued_verify(pack, error);
        if (!checks)
            return -1;
        for (guint k = 0; k < checks->len; k++) {
            const WmIssuedCheck *one = &g_array_index(checks, WmIssuedCheck, k);
            n_files++;
            if (one->state == WM_ISSUED_UNCHANGED)
                continue;
            n_wrong++;
            output_add(output, (const char *[]){pack->name, one->file, wm_issued_state_name(one->state)});
        }
    }
    output_print(output, common->format);
    say(common, "%u pack%s, %zu files: %zu not as issued", packs->len, packs->len == 1 ? "" : "s", n_files, n_wrong);
    if (n_wrong == 0)
        return EXIT_DONE;
    wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.advice = "bring them back from a copy of what the board had"},
                 "%zu file%s not as issued", n_wrong, n_wrong == 1 ? " is" : "s are");
    return -1;
}

static int look_back(const char *plan_path, const Options *options, const CommonOptions *common, GError **error)
{
    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(WmPlan) plan = wm_plan_read(plan_path, problems, error);
    g_autoptr(GPtrArray) packs = plan ? wm_issued_list(plan->folder, error) : NULL;
    if (!packs)
        return -1;
    return options->is_verify ? verify_packs(packs, common, error) : list_packs(packs, common);
}

/* ---- issuing ---- */

typedef struct {
    const Options *options;
    const CommonOptions *common;
    const char *plan_path;
    MonthJob job;
    const WmIssued *latest; /* of this as-at; NULL for none */
    char *staging;          /* a folder that is to become the pack, or, of a dry run, to vanish */
    WmIssued *made;
    FolderLock *alone; /* at issued/; NULL in a dry run, which writes nothing there */
} Issue;

static void issue_clear(Issue *self)
{
    if (self->staging)
        file_tree_remove(self->staging, NULL);
    g_free(self->staging);
    g_clear_pointer(&self->made, wm_issued_free);
    g_clear_pointer(&self->alone, folder_lock_free);
    month_job_clear(&self->job);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Issue, issue_clear)

/* The pack is made anew under the number that the latest of its as-at has, to be held against it, or under the next one. */
static int number_of(const Issue *self)
{
    return !self->latest ? 1 : self->latest->number + (self->options->is_again ? 1 : 0);
}

static gboolean begin_staging(Issue *self, GError **error)
{
    g_autofree char *name = wm_issued_name(self->job.month->as_at, number_of(self)), *part = g_strdup_printf(".%s.part", name);
    if (self->options->is_dry_run)
        self->staging = g_dir_make_tmp("waymark-issue-XXXXXX", error);
    else
        self->staging = g_build_filename(self->job.plan->folder, "issued", part, NULL);
    return self->staging && (self->options->is_dry_run || file_tree_remove(self->staging, error)); /* what a killed run left */
}

static gboolean make_pack(Issue *self, GError **error)
{
    if (!begin_staging(self, error) ||
        !month_files_write(self->job.month, &self->options->files, self->staging, &self->job.progress, error))
        return FALSE;
    self->made = wm_issued_complete(self->job.month, self->plan_path, self->staging, number_of(self), error);
    return self->made != NULL;
}

/* The board's papers are those that somebody has read: where out/ holds them, they must be the ones that are issued. */
static gboolean check_read(const Issue *self, GError **error)
{
    char as_at[WM_PERIOD_TEXT];
    g_autofree char *out = g_build_filename(self->job.plan->folder, "out", wm_day_format_iso(self->job.month->as_at, as_at), NULL);
    for (size_t i = 0; i < self->made->n_files; i++) {
        const char *file = self->made->files[i].file;
        g_autofree char *theirs = g_build_filename(out, file, NULL), *ours = g_build_filename(self->staging, file, NULL);
        g_autofree char *a = NULL, *b = NULL;
        gsize n_a, n_b;
        const gboolean is_paper = !strchr(file, '/') && (g_str_has_suffix(file, ".html") || g_str_has_suffix(file, ".pdf"));
        if (!is_paper || !g_file_get_contents(theirs, &a, &n_a, NULL) || !g_file_get_contents(ours, &b, &n_b, NULL))
            continue;
        if (n_a == n_b && memcmp(a, b, n_a) == 0)
            continue;
        wm_error_set(error, WM_ERROR_INPUT,
                     &(WmErrorPlace){.file = theirs, .advice = "run “waymark run” again, read it, and issue then"},
                     "it is not what the plan and its drops give now");
        return FALSE;
    }
    return TRUE;
}

/* Issued already: nothing to do where it would be the same, else a reason to say so aloud. */
static int refuse(const Issue *self, GError **error)
{
    const char *differs;
    if (wm_issued_same(self->latest, self->made, &differs)) {
        say(self->common, "%s is issued already, and nothing has changed since", self->latest->name);
        return EXIT_DONE;
    }
    wm_error_set(
        error, WM_ERROR_INPUT,
        &(WmErrorPlace){.file = self->latest->folder, .advice = "it stays as it is; to issue what has changed, say --again"},
        "it is issued already, and %s is another now", differs);
    return -1;
}

static void print_pack(const Issue *self)
{
    static const OutputColumn COLUMNS[] = {{"file", FALSE}, {"bytes", TRUE}, {"sha256", FALSE}};
    g_autoptr(Output) output = output_new(COLUMNS, G_N_ELEMENTS(COLUMNS));
    for (size_t i = 0; i < self->made->n_files; i++) {
        const WmIssuedFile *one = &self->made->files[i];
        g_autofree char *bytes = g_strdup_printf("%" G_GINT64_FORMAT, one->n_bytes);
        output_add(output, (const char *[]){one->file, bytes, one->sha256});
    }
    output_print(output, self->common->format);
}

/* The folder takes its name in one step, and never that of a pack that is there. */
static int publish(Issue *self, GError **error)
{
    g_autofree char *name = wm_issued_name(self->job.month->as_at, number_of(self));
    g_autofree char *folder = g_build_filename(self->job.plan->folder, "issued", name, NULL);
    if (g_file_test(folder, G_FILE_TEST_EXISTS) || g_rename(self->staging, folder) != 0) {
        wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = folder, .advice = "see what stands in its place"},
                     "cannot give the pack its name: %s", g_strerror(errno ? errno : EEXIST));
        return -1;
    }
    g_clear_pointer(&self->staging, g_free);
    print_pack(self);
    say(self->common, "issued %s: %zu files; manifest sha256 %s", name, self->made->n_files, self->made->sha256);
    return EXIT_DONE;
}

/* From here on no other run adds a pack, or writes into the folder that is to become one. */
static gboolean begin_alone(Issue *self, GError **error)
{
    g_autofree char *issued = g_build_filename(self->job.plan->folder, "issued", NULL);
    self->alone = self->options->is_dry_run ? NULL : folder_lock_new(issued, "“waymark issue”", error);
    return self->options->is_dry_run || self->alone;
}

static int issue(const char *plan_path, const Options *options, const CommonOptions *common, GError **error)
{
    g_auto(Issue) self = {.options = options, .common = common, .plan_path = plan_path};
    if (!month_job_do(&self.job, plan_path, options->since, common, error) || !begin_alone(&self, error))
        return -1;
    self.job.packs = wm_issued_list(self.job.plan->folder, error);
    if (!self.job.packs)
        return -1;
    const WmIssued *last = wm_issued_last(self.job.packs, self.job.month->as_at, 0);
    self.latest = last && last->as_at == self.job.month->as_at ? last : NULL;
    if (!month_job_compare(&self.job, number_of(&self), error) || !make_pack(&self, error))
        return -1;
    if (self.latest && !options->is_again)
        return refuse(&self, error);
    if (!check_read(&self, error))
        return -1;
    if (!options->is_dry_run)
        return publish(&self, error);
    print_pack(&self);
    say(common, "nothing was issued: a dry run");
    return EXIT_DONE;
}

static int run(int argc, char **argv, GError **error)
{
    g_auto(CommonOptions) common = {0};
    g_auto(Options) options = {.files = {.wants_pdf = TRUE, .wants_workbook = TRUE}};
    const GOptionEntry entries[] = {
        {"since", 0, 0, G_OPTION_ARG_STRING, &options.since_text, "say what changed since DATE (default: the drop before)", "DATE"},
        {"charts", 0, 0, G_OPTION_ARG_STRING, &options.charts_text,
         "formats of the chart files: svg,png,pdf, or none (default: svg)", "LIST"},
        {"dry-run", 0, 0, G_OPTION_ARG_NONE, &options.is_dry_run, "say what would be issued; write nothing into the plan", NULL},
        {"again", 0, 0, G_OPTION_ARG_NONE, &options.is_again, "issue anew what was issued already, beside it: DATE~2", NULL},
        {"list", 0, 0, G_OPTION_ARG_NONE, &options.is_list, "list what was issued", NULL},
        {"verify", 0, 0, G_OPTION_ARG_NONE, &options.is_verify, "hold every file that was issued against its hash", NULL},
        G_OPTION_ENTRY_NULL,
    };
    if (!command_parse(&COMMAND_ISSUE, entries, TAKES_AS_AT | TAKES_FORMAT | TAKES_PROGRESS | TAKES_QUIET | TAKES_STORE, &common, 1,
                       1, &argc, &argv, error) ||
        !take_since(options.since_text, &options.since, error) ||
        !month_files_take_charts(&options.files, options.charts_text, error))
        return -1;
    const gboolean looks_back = options.is_list || options.is_verify;
    return looks_back ? look_back(argv[1], &options, &common, error) : issue(argv[1], &options, &common, error);
}

const Command COMMAND_ISSUE = {
    "issue", "PLAN", "freeze the month's papers as they are put to the board",
    "Makes the month's files into PLAN/issued/DATE, DATE the as-at, with a copy of the plan's own files under plan/, and with "
    "manifest.json: each file with\n"
    "its length and SHA-256, the drops that counted, the versions. The pack appears whole or not at all, and nothing writes into "
    "it "
    "again: what is issued\n"
    "already is refused, unless --again issues it anew as DATE~2. Where PLAN/out/DATE holds the papers, they must be the ones that "
    "are "
    "issued.\n"
    "Write the manifest's SHA-256 into the minutes: it tells whether the pack is the one that the board had.",
    run};
