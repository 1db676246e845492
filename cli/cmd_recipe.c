/* waymark recipe guess|indicators|units FILE, waymark recipe check RECIPE… */
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "engine/data/recipe/recipe_guess.h"

typedef struct {
    char *plan, *sheet;
} Options;

static void options_clear(Options *self)
{
    g_free(self->plan);
    g_free(self->sheet);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

static char *write_recipe(const Guess *guess, const SourceOptions *source, WmProblems *problems, GError **error)
{
    (void)source;
    (void)problems;
    (void)error;
    return guess_recipe(guess);
}

static char *write_indicators(const Guess *guess, const SourceOptions *source, WmProblems *problems, GError **error)
{
    (void)source;
    (void)problems;
    (void)error;
    return guess_indicators(guess);
}

/* What can be made of a file. */
static const struct {
    const char *name;
    char *(*write)(const Guess *guess, const SourceOptions *source, WmProblems *problems, GError **error);
} GUESSES[] = {{"guess", write_recipe}, {"indicators", write_indicators}, {"units", guess_units}};

static int guess_file(size_t which, const char *path, const Options *options, const CommonOptions *common, GError **error)
{
    if (strcmp(path, "-") == 0) {
        wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = "save it to a file first"}, "a guess reads its file twice");
        return -1;
    }
    g_autoptr(WmProblems) problems = wm_problems_new(), of_plan = wm_problems_new();
    g_autoptr(WmPlan) plan = NULL;
    if (options->plan && !(plan = wm_plan_read(options->plan, of_plan, error)))
        return -1;
    const SourceOptions source = {.sheet = options->sheet};
    g_autoptr(SheetProfile) profile = sheet_profile_read(path, &source, error);
    g_autoptr(Guess) guess = profile ? guess_new(profile, plan, path, &source, error) : NULL;
    g_autofree char *text = guess ? GUESSES[which].write(guess, &source, problems, error) : NULL;
    if (!text)
        return -1;
    fputs(text, stdout);
    for (size_t i = 0; i < wm_problems_n(problems); i++) {
        g_autofree char *line = wm_problem_format(wm_problems_at(problems, i));
        say(common, "%s", line);
    }
    return EXIT_DONE;
}

static int check_recipes(int n, char **paths, const CommonOptions *common, GError **error)
{
    for (int i = 0; i < n; i++) {
        g_autoptr(WmRecipe) recipe = wm_recipe_read(paths[i], error);
        if (!recipe)
            return -1;
        say(common, "%s: it can be read; `waymark ingest PLAN FILE --recipe %s --dry-run` tries it", paths[i], paths[i]);
    }
    return EXIT_DONE;
}

static int run(int argc, char **argv, GError **error)
{
    g_auto(CommonOptions) common = {0};
    g_auto(Options) options = {0};
    const GOptionEntry entries[] = {
        {"plan", 0, 0, G_OPTION_ARG_FILENAME, &options.plan, "know this plan's units and indicators", "PLAN"},
        {"sheet", 0, 0, G_OPTION_ARG_STRING, &options.sheet, "the sheet of a workbook", "NAME"},
        G_OPTION_ENTRY_NULL,
    };
    if (!command_parse(&COMMAND_RECIPE, entries, TAKES_QUIET, &common, 2, -1, &argc, &argv, error))
        return -1;
    if (strcmp(argv[1], "check") == 0)
        return check_recipes(argc - 2, argv + 2, &common, error);
    for (size_t i = 0; i < G_N_ELEMENTS(GUESSES); i++)
        if (strcmp(argv[1], GUESSES[i].name) == 0 && argc == 3)
            return guess_file(i, argv[2], &options, &common, error);
    wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = "say guess, indicators or units and one FILE, or check RECIPE…"},
                 "“recipe %s” with %d files is not known", argv[1], argc - 2);
    return -1;
}

const Command COMMAND_RECIPE = {
    "recipe", "VERB FILE", "guess how a file is to be read, or check a recipe",
    "  guess FILE       a commented recipe for it: redirect it to PLAN/recipes/NAME.ini, and correct it\n"
    "  indicators FILE  rows of indicators.csv for what the recipe reads\n"
    "  units FILE       rows of units.csv for who is measured, as a tree\n"
    "  check RECIPE…    whether a recipe can be read, or the line that is wrong\n"
    "docs/recipes.md says what a recipe can hold.",
    run};
