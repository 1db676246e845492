/* What every subcommand shares: its options, its talk, its files. */
#include "cli/command.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void common_options_clear(CommonOptions *self)
{
    g_free(self->as_at_text);
    g_free(self->store);
    g_free(self->out);
    g_free(self->format_text);
    g_free(self->fail_on_text);
    g_free(self->progress_text);
}

static gboolean fail_usage(const Command *command, GError **error, const char *format, ...) G_GNUC_PRINTF(3, 4);

static gboolean fail_usage(const Command *command, GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *advice = g_strdup_printf("see `waymark %s --help`", command->name);
    wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = advice}, "%s", message);
    return FALSE;
}

static void add_common(GOptionContext *context, CommonOptions *common, int takes)
{
    const struct {
        int bit;
        GOptionEntry entry;
    } known[] = {
        {TAKES_AS_AT,
         {"as-at", 0, 0, G_OPTION_ARG_STRING, &common->as_at_text, "see the world as of DATE (default: all there is)", "DATE"}},
        {TAKES_STORE,
         {"store", 0, 0, G_OPTION_ARG_STRING, &common->store,
          "where the store is: postgresql://… or a file (default: [store] url in plan.ini, else PLAN/waymark.db)", "URL"}},
        {TAKES_OUT, {"out", 0, 0, G_OPTION_ARG_FILENAME, &common->out, "write into DIR", "DIR"}},
        {TAKES_FORMAT,
         {"format", 0, 0, G_OPTION_ARG_STRING, &common->format_text, "csv, json or table (default: table on a terminal, else csv)",
          "FORMAT"}},
        {TAKES_FAIL_ON,
         {"fail-on", 0, 0, G_OPTION_ARG_STRING, &common->fail_on_text, "exit 1 on any: error, warning, red, amber", "WHAT"}},
        {TAKES_JOBS,
         {"jobs", 0, 0, G_OPTION_ARG_INT, &common->jobs,
          "how many to do at once (default: one a processor); the answer is the same", "N"}},
        {TAKES_FAIL_ON_FINDINGS,
         {"fail-on", 0, 0, G_OPTION_ARG_STRING, &common->fail_on_text, "exit 1 on any: error, warning", "WHAT"}},
        {TAKES_PROGRESS,
         {"progress", 0, 0, G_OPTION_ARG_STRING, &common->progress_text,
          "how far it is, on stderr: auto (on a terminal), never, or json, an object a line", "WHEN"}},
        {TAKES_QUIET, {"quiet", 0, 0, G_OPTION_ARG_NONE, &common->is_quiet, "say nothing on stderr but errors", NULL}},
    };
    GOptionEntry entries[G_N_ELEMENTS(known) + 1];
    size_t n = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        if (takes & known[i].bit)
            entries[n++] = known[i].entry;
    entries[n] = (GOptionEntry)G_OPTION_ENTRY_NULL;
    g_option_context_add_main_entries(context, entries, NULL);
}

static gboolean take_common(const Command *command, int takes, CommonOptions *common, GError **error)
{
    static const char *const FORMATS[] = {"csv", "json", "table"};
    enum { N_FINDINGS = 2 };
    static const char *const FAIL_ON[] = {"error", "warning", "red", "amber"}; /* the findings, then the statuses */
    common->as_at = WM_NO_DAY;
    if (common->as_at_text && !wm_day_parse(common->as_at_text, WM_PERIOD_FINANCIAL_YEAR, &common->as_at))
        return fail_usage(command, error, "--as-at “%s” is no date, such as 2026-09-30", common->as_at_text);
    if (common->jobs < 0)
        return fail_usage(command, error, "--jobs %d is below 0", common->jobs);
    common->format = isatty(STDOUT_FILENO) ? OUTPUT_TABLE : OUTPUT_CSV;
    if (common->format_text) {
        const int found = wm_names_find(FORMATS, G_N_ELEMENTS(FORMATS), common->format_text);
        if (found < 0)
            return fail_usage(command, error, "--format “%s” is none of csv, json, table", common->format_text);
        common->format = (OutputFormat)found;
    }
    if (common->fail_on_text && wm_names_find(FAIL_ON, G_N_ELEMENTS(FAIL_ON), common->fail_on_text) < 0)
        return fail_usage(command, error, "--fail-on “%s” is none of error, warning, red, amber", common->fail_on_text);
    if (common->fail_on_text && (takes & TAKES_FAIL_ON_FINDINGS) && wm_names_find(FAIL_ON, N_FINDINGS, common->fail_on_text) < 0)
        return fail_usage(command, error, "--fail-on “%s” is about statuses, and %s gives none: error or warning",
                          common->fail_on_text, command->name);
    return progress_kind_take(common->progress_text, common->is_quiet, &common->progress, error);
}

/* --help as GLib has it ends the process whether or not its words have arrived. */
typedef struct {
    const Command *command;
    GOptionContext *context;
} Help;

static gboolean show_help(const char *option, const char *value, gpointer data, GError **error)
{
    (void)option, (void)value, (void)error;
    const Help *help = data;
    char *text = g_option_context_get_help(help->context, TRUE, NULL);
    fputs(text, stdout);
    g_free(text); /* exit leaves no scope */
    exit(end_output(help->command->name, EXIT_DONE));
}

static void add_help(Help *help)
{
    const GOptionEntry entries[] = {
        {"help", 'h', G_OPTION_FLAG_NO_ARG, G_OPTION_ARG_CALLBACK, (gpointer)(guintptr)show_help, "show this help", NULL},
        G_OPTION_ENTRY_NULL};
    GOptionGroup *group = g_option_group_new("main", "", "", help, NULL);
    g_option_group_add_entries(group, entries);
    g_option_context_set_main_group(help->context, group);
    g_option_context_set_help_enabled(help->context, FALSE);
}

gboolean command_parse(const Command *command, const GOptionEntry *entries, int takes, CommonOptions *common, int min_operands,
                       int max_operands, int *argc, char ***argv, GError **error)
{
    g_autoptr(GOptionContext) context = g_option_context_new(command->operands);
    g_autofree char *summary = g_strconcat("waymark ", command->name, ": ", command->summary, NULL);
    g_option_context_set_summary(context, summary);
    if (command->description)
        g_option_context_set_description(context, command->description);
    Help help = {command, context};
    add_help(&help);
    if (entries)
        g_option_context_add_main_entries(context, entries, NULL);
    add_common(context, common, takes);

    g_autoptr(GError) cause = NULL;
    if (!g_option_context_parse(context, argc, argv, &cause))
        return fail_usage(command, error, "%s", cause->message);
    if (*argc > 1 && strcmp((*argv)[1], "--") == 0) {
        memmove(*argv + 1, *argv + 2, (size_t)(*argc - 1) * sizeof **argv);
        (*argc)--;
    }
    const int n_operands = *argc - 1;
    if (n_operands < min_operands || (max_operands >= 0 && n_operands > max_operands))
        return fail_usage(command, error, "usage: waymark %s %s", command->name, command->operands);
    return take_common(command, takes, common, error);
}

gboolean command_fail_usage(const Command *command, GError **error)
{
    return fail_usage(command, error, "usage: waymark %s %s", command->name, command->operands);
}

gboolean take_since(const char *text, WmDay *out, GError **error)
{
    *out = WM_NO_DAY;
    if (!text || wm_day_parse(text, WM_PERIOD_FINANCIAL_YEAR, out))
        return TRUE;
    wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = "write it as 2026-09-30"}, "--since “%s” is no date", text);
    return FALSE;
}

void say(const CommonOptions *common, const char *format, ...)
{
    if (common->is_quiet)
        return;
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
}

int end_output(const char *name, int code)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return code;
    fprintf(stderr, "waymark %s: cannot write to standard output\n", name);
    return WM_ERROR_FILE;
}

const char *s_of(size_t n)
{
    return n == 1 ? "" : "s";
}

/* A signal handler can reach nothing but a flag at file scope. */
static volatile sig_atomic_t has_been_interrupted;

static void on_interrupt(int signal_number)
{
    (void)signal_number;
    has_been_interrupted = 1;
}

void watch_interrupts(void)
{
    const struct sigaction action = {.sa_handler = on_interrupt,
                                     .sa_flags = (int)SA_RESETHAND}; /* a second Ctrl-C ends it at once */
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

gboolean is_interrupted(GError **error)
{
    if (has_been_interrupted)
        wm_error_set(error, WM_ERROR_INTERRUPTED, &(WmErrorPlace){.advice = "run it again: what is done is kept"}, "interrupted");
    return has_been_interrupted != 0;
}

char *store_place(const WmPlan *plan, const CommonOptions *common)
{
    if (common->store)
        return g_strdup(common->store);
    return *plan->settings.store_url ? g_strdup(plan->settings.store_url) : g_build_filename(plan->folder, "waymark.db", NULL);
}

WmStore *open_store(const WmPlan *plan, const CommonOptions *common, GError **error)
{
    g_autofree char *place = store_place(plan, common);
    return wm_store_open(place, error);
}

gboolean take_up_drops(WmStore *store, const WmPlan *plan, const CommonOptions *common, GError **error)
{
    g_autoptr(GArray) drops = wm_store_drops(store, WM_NO_DAY, error);
    g_autoptr(WmProblems) problems = wm_problems_new(); /* `waymark run` and check tell them */
    size_t n_new = 0;
    if (!drops || drops->len > 0 || wm_store_is_read_only(store))
        return drops != NULL;
    if (!wm_ingest_drops(store, plan, problems, &n_new, error))
        return FALSE;
    g_autofree char *place = store_place(plan, common);
    if (n_new)
        say(common, "%s was not there, or empty: it was made from the %zu file%s of %s/drops", place, n_new, n_new == 1 ? "" : "s",
            plan->folder);
    return TRUE;
}

WmStore *open_filled_store(const WmPlan *plan, const CommonOptions *common, GError **error)
{
    g_autoptr(WmStore) store = open_store(plan, common, error);
    return store && take_up_drops(store, plan, common, error) ? g_steal_pointer(&store) : NULL;
}

int exit_code_for(const CommonOptions *common, const WmProblems *problems, const WmMonth *month)
{
    const char *what = common->fail_on_text;
    if (!what)
        return EXIT_DONE;
    const gboolean wants_amber = strcmp(what, "amber") == 0;
    if (month && (strcmp(what, "red") == 0 || wants_amber))
        return month->n_status[WM_RED] || (wants_amber && month->n_status[WM_AMBER]) ? EXIT_FINDINGS : EXIT_DONE;
    if (strcmp(what, "error") == 0)
        return wm_problems_count(problems, WM_SEVERITY_ERROR) ? EXIT_FINDINGS : EXIT_DONE;
    return strcmp(what, "warning") == 0 && wm_problems_count(problems, WM_SEVERITY_WARNING) ? EXIT_FINDINGS : EXIT_DONE;
}
