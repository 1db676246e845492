/* waymark batch ROOT|LIST: many plans, or every unit of a nation, with an index of all. */
#include <signal.h>
#include <string.h>

#include "cli/batch/gone_packs.h"
#include "cli/batch/measure_page.h"
#include "cli/batch/pool.h"
#include "cli/batch/progress.h"
#include "cli/batch/summary.h"
#include "cli/parallel.h"

typedef struct {
    char *since_text, *charts_text, *only;
    gboolean wants_pdf, wants_workbook, wants_every_spc;
    BatchOptions batch;
} Options;

static void options_clear(Options *self)
{
    g_free(self->since_text);
    g_free(self->charts_text);
    g_free(self->only);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

static gboolean take_options(Options *options, const CommonOptions *common, GError **error)
{
    BatchOptions *batch = &options->batch;
    batch->common = common;
    batch->only = options->only;
    batch->files.wants_pdf = options->wants_pdf;
    batch->files.wants_workbook = options->wants_workbook;
    batch->files.wants_every_spc = options->wants_every_spc;
    if (batch->is_resumed && batch->is_forced) {
        wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = "give one of them"},
                     "--resume keeps what is made, and --force makes it again");
        return FALSE;
    }
    return take_since(options->since_text, &batch->since, error) &&
           month_files_take_charts(&batch->files, options->charts_text, error);
}

/* ---- the packs ---- */

/* What the pool works on: the packs that are to be made, and then a nation's measures, which are short and fill up the end. */
typedef struct {
    PackBatch *batch;
    GArray *pieces; /* of guint: packs */
    Progress *progress;
    int code_of_measures; /* the first that could not be made; 0: all were */
} Work;

static int make_piece(size_t i, void *data)
{
    const Work *self = data;
    if (i >= self->pieces->len)
        return measure_page_make(self->batch, i - self->pieces->len);
    return pack_batch_make(self->batch, g_array_index(self->pieces, guint, i));
}

static void keep_record(PackBatch *batch, guint i, PackRecord *record)
{
    g_clear_pointer(&g_ptr_array_index(batch->records, i), pack_record_free);
    g_ptr_array_index(batch->records, i) = record;
}

/* A process that ends by itself has left no record: it is made here. */
static PackRecord *record_crash(const Pack *pack, const PoolEnd *end)
{
    g_autofree char *message = end->signal
                                   ? g_strdup_printf("its process was ended by signal %d (%s); the other packs are not affected",
                                                     end->signal, g_strsignal(end->signal))
                                   : g_strdup("its process ended before it was done; the other packs are not affected");
    PackRecord *record = pack_record_failed(pack->name, WM_ERROR_FILE, message);
    pack_record_write(record, pack->folder, NULL);
    return record;
}

static PackEnd end_of(const PoolEnd *end, gboolean has_crashed)
{
    return has_crashed                         ? PACK_CRASHED
           : end->code == EXIT_DONE            ? PACK_MADE
           : end->code == PACK_NOTHING_TO_DO   ? PACK_UNCHANGED
           : end->code == WM_ERROR_INTERRUPTED ? PACK_LEFT
                                               : PACK_FAILED;
}

static void take_end(size_t i_piece, const PoolEnd *end, void *data)
{
    Work *self = data;
    if (i_piece >= self->pieces->len) {
        if (self->code_of_measures == EXIT_DONE)
            self->code_of_measures = end->signal ? WM_ERROR_FILE : end->code;
        return;
    }
    const guint i = g_array_index(self->pieces, guint, i_piece);
    const Pack *pack = g_ptr_array_index(self->batch->packs, i);
    if (end->code == WM_ERROR_INTERRUPTED || (end->signal && is_interrupted(NULL))) {
        progress_pack(self->progress, pack->name, PACK_LEFT, NULL);
        return;
    }
    PackRecord *record = end->signal ? NULL : pack_record_read(pack->folder);
    const gboolean has_crashed = !record;
    keep_record(self->batch, i, record ? record : record_crash(pack, end));
    record = g_ptr_array_index(self->batch->records, i);
    progress_pack(self->progress, pack->name, end_of(end, has_crashed), record->code ? record->message : NULL);
}

static void tick(void *data)
{
    progress_tick(((Work *)data)->progress);
}

static gboolean is_stopped(void)
{
    return is_interrupted(NULL);
}

/* Told even when quiet: they are errors. */
static void say_failures(const PackBatch *batch)
{
    for (guint i = 0; i < batch->records->len; i++) {
        const PackRecord *record = g_ptr_array_index(batch->records, i);
        if (record && record->code)
            g_printerr("waymark batch: %s: %s\n", record->name, record->message);
    }
}

/* "a, b, c and 4 more packs …" */
static void say_gone(const CommonOptions *common, const PackBatch *batch)
{
    enum { N_NAMED = 3 };
    g_autoptr(GPtrArray) gone = gone_packs(batch);
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; i < MIN(gone->len, N_NAMED); i++)
        g_string_append_printf(names, "%s%s", i ? ", " : "", (const char *)g_ptr_array_index(gone, i));
    if (gone->len > N_NAMED)
        g_string_append_printf(names, " and %u more", gone->len - N_NAMED);
    if (gone->len)
        say(common, "%s/packs has %u pack%s of no plan of this batch, which the index leaves out: %s; delete what is not wanted",
            batch->out, gone->len, s_of(gone->len), names->str);
}

static void say_result(const CommonOptions *common, const PackBatch *batch, const Progress *progress)
{
    const size_t n_failed = progress_count(progress, PACK_FAILED) + progress_count(progress, PACK_CRASHED);
    say_failures(batch);
    say(common, "%zu pack%s made, %zu unchanged, %zu failed, in %.1f s; read %s/index.html", progress_count(progress, PACK_MADE),
        progress_count(progress, PACK_MADE) == 1 ? "" : "s", progress_count(progress, PACK_UNCHANGED), n_failed,
        progress_seconds(progress), batch->out);
    say_gone(common, batch);
}

/* Those left out by --only keep what is known of them, and those that are made already have nothing to wait for. */
static void list_pieces(PackBatch *batch, Progress *progress, GArray *pieces)
{
    for (guint i = 0; i < batch->packs->len; i++) {
        const Pack *pack = g_ptr_array_index(batch->packs, i);
        const gboolean is_there = !pack->is_left_out && pack_batch_has(batch, i);
        if (pack->is_left_out || is_there)
            keep_record(batch, i, pack_record_read(pack->folder));
        else
            g_array_append_val(pieces, i);
        if (is_there)
            progress_pack(progress, pack->name, PACK_UNCHANGED, NULL);
    }
}

static size_t count_wanted(const PackBatch *batch)
{
    size_t n = 0;
    for (guint i = 0; i < batch->packs->len; i++)
        n += ((const Pack *)g_ptr_array_index(batch->packs, i))->is_left_out ? 0 : 1;
    return n;
}

/* Without all measures there is no areas.csv, which would pass for whole; the packs, and their index, stand for themselves. */
static gboolean gather_measures(PackBatch *batch, int code, GError **error)
{
    if (code == EXIT_DONE)
        return measure_pages_gather(batch, error);
    g_printerr("waymark batch: areas.csv was not made, for some measures of all areas failed; run the batch again\n");
    batch->code_of_measures = code;
    return TRUE;
}

static gboolean make_packs(PackBatch *batch, Progress *progress, GArray *pieces, GError **error)
{
    Work work = {.batch = batch, .pieces = pieces, .progress = progress};
    const size_t n_measures = measure_pages_begin(batch, pieces->len), n = pieces->len + n_measures;
    const Pool pool = {.n = n,
                       .n_workers = parallel_n_workers(batch->options->common->jobs, n),
                       .piece = make_piece,
                       .ended = take_end,
                       .waiting = tick,
                       .is_stopped = is_stopped,
                       .data = &work};
    const gboolean is_done = pool_run(&pool, error);
    progress_end(progress, is_interrupted(NULL));
    return is_done && !is_interrupted(error) && (n_measures == 0 || gather_measures(batch, work.code_of_measures, error));
}

/* ---- exit codes ---- */

/* What a plan could not be used for outweighs what --fail-on looks for. */
static int exit_code(const CommonOptions *common, const PackBatch *batch, const Progress *progress)
{
    gint64 n_errors = (gint64)batch->n_errors, n_warnings = (gint64)batch->n_warnings, n_red = 0, n_amber = 0;
    for (guint i = 0; i < batch->records->len; i++) {
        const PackRecord *record = g_ptr_array_index(batch->records, i);
        if (record && record->code)
            return record->code;
        n_errors += record ? record->n_errors : 0;
        n_warnings += record ? record->n_warnings : 0;
        n_red += record ? record->n_status[WM_RED] : 0;
        n_amber += record ? record->n_status[WM_AMBER] : 0;
    }
    if (batch->code_of_measures)
        return batch->code_of_measures;
    if (progress_has_lost_log(progress))
        return WM_ERROR_FILE;
    const struct {
        const char *what;
        gint64 n;
    } found[] = {{"error", n_errors}, {"warning", n_errors + n_warnings}, {"red", n_red}, {"amber", n_red + n_amber}};
    for (size_t i = 0; i < G_N_ELEMENTS(found); i++)
        if (g_strcmp0(common->fail_on_text, found[i].what) == 0 && found[i].n)
            return EXIT_FINDINGS;
    return EXIT_DONE;
}

static int do_batch(const char *operand, const Options *options, const CommonOptions *common, GError **error)
{
    g_autoptr(PackBatch) batch = pack_batch_new(&options->batch, operand, error);
    if (!batch)
        return -1;
    const size_t n_wanted = count_wanted(batch);
    if (n_wanted == 0) {
        wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = "its * and ? stand for parts of a pack's name"},
                     "--only “%s” names none of the %u packs", options->only, batch->packs->len);
        return -1;
    }
    /* Two batches would take each other's half-made packs for failed ones. */
    batch->alone = folder_lock_new(batch->out, "“waymark batch”", error);
    if (!batch->alone)
        return -1;
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autoptr(Progress) progress = progress_new(common->progress, batch->out, n_wanted, error);
    if (!progress)
        return -1;
    list_pieces(batch, progress, pieces);
    if (!pack_batch_prepare(batch, pieces->len, error) || !make_packs(batch, progress, pieces, error))
        return -1;
    g_autoptr(Output) summary = summary_new(batch);
    if (!summary_write(batch, summary, error)) {
        say_failures(batch); /* which may well be why */
        return -1;
    }
    output_print(summary, common->format);
    say_result(common, batch, progress);
    return exit_code(common, batch, progress);
}

static int run(int argc, char **argv, GError **error)
{
    g_auto(CommonOptions) common = {0};
    g_auto(Options) options = {0};
    const GOptionEntry entries[] = {
        {"only", 0, 0, G_OPTION_ARG_STRING, &options.only, "do the packs whose name fits GLOB; what is known of others is kept",
         "GLOB"},
        {"resume", 0, 0, G_OPTION_ARG_NONE, &options.batch.is_resumed,
         "go on with a batch that was interrupted: what is made is kept, even where its inputs have changed since", NULL},
        {"force", 0, 0, G_OPTION_ARG_NONE, &options.batch.is_forced, "make every pack again", NULL},
        {"since", 0, 0, G_OPTION_ARG_STRING, &options.since_text, "say what changed since DATE (default: the drop before)", "DATE"},
        {"charts", 0, 0, G_OPTION_ARG_STRING, &options.charts_text,
         "formats of the chart files: svg,png,pdf, or none (default: svg)", "LIST"},
        {"every-spc", 0, 0, G_OPTION_ARG_NONE, &options.wants_every_spc,
         "a control chart of every series, not only where there is a signal", NULL},
        {"pdf", 0, 0, G_OPTION_ARG_NONE, &options.wants_pdf, "write the papers as PDF, too", NULL},
        {"workbook", 0, 0, G_OPTION_ARG_NONE, &options.wants_workbook, "write pack.xlsx, too", NULL},
        G_OPTION_ENTRY_NULL,
    };
    const int takes =
        TAKES_AS_AT | TAKES_STORE | TAKES_OUT | TAKES_FAIL_ON | TAKES_PROGRESS | TAKES_QUIET | TAKES_JOBS | TAKES_FORMAT;
    return command_parse(&COMMAND_BATCH, entries, takes, &common, 1, 1, &argc, &argv, error) &&
                   take_options(&options, &common, error)
               ? do_batch(argv[1], &options, &common, error)
               : -1;
}

const Command COMMAND_BATCH = {
    "batch", "ROOT|LIST", "many plans at once, or a pack for every unit of a nation",
    "ROOT is a folder with plans below it; or a plan with units.csv, of which every unit that has readings gets a pack of its "
    "own.\n"
    "LIST is a file with the path of a plan on each line, from the list's own folder; # begins a comment.\n"
    "Into ROOT/batch/ (or --out) it writes packs/NAME/ (the papers, charts and data of `waymark run`), index.html, summary.csv "
    "and\n"
    ".json, assessments.csv of all packs, and log.jsonl; of a nation areas/ too, a page a measure with every unit's rank. A plan "
    "that fails is told and left out. Run again, it makes what is "
    "missing "
    "or\nchanged; a nation's plan is taken in once for all its units. The answer is the same whatever --jobs.\n"
    "--store is for one plan, for a store holds one; of several plans each says its own in plan.ini, [store] url.\n"
    "Exit codes: those of the first pack that failed (3 or 4); 4 where log.jsonl could not be written; else 1 by --fail-on.",
    run};
