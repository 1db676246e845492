/* A starter plan: small, commented, and good enough to run at once. */
#include "engine/data/plan/plan_new.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <waymark/plan.h>

typedef struct {
    const char *path;
    const char *text;
} StarterFile;

/* CSV has no comments: what a column means stands in README.txt beside the tables. */
static const StarterFile FILES[] = {
    {"plan.ini", "# A Waymark plan. Lines that begin with # are comments.\n"
                 "[plan]\n"
                 "title = Improvement plan\n"
                 "area = Our area\n"
                 "owner_role = Director of Children's Services\n"
                 "# The first day of the plan; a baseline without a date of its own stands here.\n"
                 "start = 2026-04-01\n"
                 "end = 2027-03-31\n"
                 "version = 1.0\n"
                 "\n"
                 "[calendar]\n"
                 "# A reading is due this many days after its period's end.\n"
                 "reading_lag_days = 31\n"
                 "\n"
                 "[policy]\n"
                 "# Path between milestones: linear, step, geometric, or explicit (then trajectory.csv lists it).\n"
                 "trajectory = linear\n"
                 "# The next milestone is likely from this chance on, and uncertain from that one.\n"
                 "likely = 0.5\n"
                 "uncertain = 0.2\n"
                 "# A status for each outlook: likely, uncertain, unlikely, none.\n"
                 "on = green, green watch, amber early_warning, green position_only\n"
                 "near = green, amber, red, amber position_only\n"
                 "off = amber recovering, amber, red, red position_only\n"
                 "\n"
                 "[model]\n"
                 "model = auto\n"
                 "\n"
                 "[reports]\n"
                 "board = Improvement Board\n"
                 "# Revisions from here on are material: points of a percent, percent of the value of the rest.\n"
                 "material_revision = 1 point, 5%\n"},
    {"themes.csv", "theme,title,parent,owner_role\n"
                   "T1,Plans on time,,Head of SEND\n"},
    {"indicators.csv",
     "indicator,title,theme,kind,measure_unit,polarity,frequency,low,high,decimals,tolerance,near,owner_role,source,note,formula\n"
     "EHC20,EHC plans issued within 20 weeks,T1,percent,%,higher,month,0,100,1,,,,Case system,,\n"
     "WAIT,Weeks waited for an assessment,T1,duration,weeks,lower,month,0,,1,,,,Case system,,\n"},
    {"baselines.csv", "indicator,unit,value,qualifier,as_at,note\n"
                      "EHC20,,41,exact,2026-03,\n"
                      "WAIT,,26,greater_than,2026-03,\n"},
    {"targets.csv", "indicator,unit,due,target,note,from,to\n"
                    "EHC20,,Sep-26,At or above 50%,,,\n"
                    "EHC20,,Mar-27,75%,,,\n"
                    "WAIT,,Mar-27,up to 12 weeks,,,\n"},
    {"commentary.csv", "indicator,unit,as_at,explanation,recovery,recovery_due,author_role\n"},
    {"drops/2026-07-31/readings.csv", "indicator,unit,cohort,period,value,numerator,denominator,state,note\n"
                                      "EHC20,,,Apr-26,,41,97,,\n"
                                      "EHC20,,,May-26,,45,101,,\n"
                                      "EHC20,,,Jun-26,,44,99,provisional,\n"
                                      "WAIT,,,Apr-26,27.5,,,,\n"
                                      "WAIT,,,May-26,26.0,,,,\n"
                                      "WAIT,,,Jun-26,[x],,,,\n"},
    {"README.txt",
     "This folder is a Waymark plan.\n"
     "\n"
     "  waymark check .    says what is wrong with it\n"
     "  waymark run .      does the month: reads drops/, assesses, draws, writes out/\n"
     "\n"
     "plan.ini        the plan: title, dates, policy; it and the tables are sheets of plan.xlsx where that is here instead\n"
     "themes.csv      theme, title, parent, owner_role\n"
     "indicators.csv  kind: count percent rate duration score money yes_no text; polarity, which way is better: higher lower plan "
     "none;\n"
     "                frequency: month quarter term half year academic_year financial_year once; low and high: what it can be at "
     "all;\n"
     "                decimals: as published; tolerance and near: still on plan, still near it (empty: 1 and 5 points, or 2% and "
     "10%)\n"
     "baselines.csv   qualifier: exact less_than greater_than approx tbc new_measure none\n"
     "targets.csv     a target as people write it: 75%, At least 3, 20% reduction, 95% of baseline, National average, Done, TBC\n"
     "commentary.csv  explanation, recovery action and date for the board, by role\n"
     "drops/          one folder a delivery, named by the day it was received: drops/2026-07-31/…csv, never edited afterwards\n"
     "\n"
     "Periods are written as people write them: Jul-26, 2026-07, Q2 2026/27, AY 2026/27, 2026/27 autumn term, 31/07/2026.\n"
     "Also known: definitions.csv units.csv neighbours.csv comparators.csv milestones.csv actions.csv action_rag.csv risks.csv "
     "risk_scores.csv\n"
     "events.csv evidence.csv evidence_items.csv overrides.csv suppressions.csv trajectory.csv, and recipes/NAME.ini for files "
     "with columns of their own.\n"},
};

static gboolean is_empty_or_absent(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    return dir ? g_dir_read_name(dir) == NULL : !g_file_test(folder, G_FILE_TEST_EXISTS);
}

static gboolean write_file(const char *folder, const StarterFile *file, GError **error)
{
    g_autofree char *path = g_build_filename(folder, file->path, NULL);
    g_autofree char *parent = g_path_get_dirname(path);
    g_autoptr(GError) cause = NULL;
    if (g_mkdir_with_parents(parent, 0777) != 0) {
        wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = parent, .advice = "choose a folder that you may write to"},
                     "cannot make the folder: %s", g_strerror(errno));
        return FALSE;
    }
    if (!g_file_set_contents(path, file->text, -1, &cause)) {
        wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = path, .advice = "make room, or name another folder"},
                     "cannot write: %s", cause->message);
        return FALSE;
    }
    return TRUE;
}

/* ---- a plan that cannot be ended is taken back ---- */

char *plan_new_first_missing(const char *folder)
{
    if (g_file_test(folder, G_FILE_TEST_EXISTS))
        return NULL;
    g_autofree char *path = g_strdup(folder), *parent = g_path_get_dirname(folder);
    while (!g_file_test(parent, G_FILE_TEST_EXISTS) && strcmp(parent, path) != 0) {
        g_free(path);
        path = g_steal_pointer(&parent);
        parent = g_path_get_dirname(path);
    }
    return g_steal_pointer(&path);
}

/* The folders of a file, from its own up to the plan's, which is not among them. One that holds something stays. */
static void remove_folders(const char *folder, const char *file)
{
    g_autofree char *below = g_path_get_dirname(file);
    while (strcmp(below, ".") != 0) {
        g_autofree char *path = g_build_filename(folder, below, NULL), *shorter = g_path_get_dirname(below);
        g_rmdir(path);
        g_free(below);
        below = g_steal_pointer(&shorter);
    }
}

static void remove_made(const char *folder, const char *first_missing)
{
    g_autofree char *path = g_strdup(folder);
    g_rmdir(path);
    while (strcmp(path, first_missing) != 0) {
        char *parent = g_path_get_dirname(path);
        g_free(path);
        path = parent;
        g_rmdir(path);
    }
}

static void take_back(const char *folder, const char *first_missing, size_t n_written, GError **error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(FILES); i++) {
        g_autofree char *path = g_build_filename(folder, FILES[i].path, NULL);
        if (i < n_written)
            g_unlink(path);
        remove_folders(folder, FILES[i].path);
    }
    if (first_missing)
        remove_made(folder, first_missing);
    g_prefix_error(error, "no plan was made, %s of it is left: ", is_empty_or_absent(folder) ? "and nothing" : "but some");
}

void plan_new_undo(const char *folder, const char *first_missing, GError **error)
{
    take_back(folder, first_missing, G_N_ELEMENTS(FILES), error);
}

bool wm_plan_new(const char *folder, GError **error)
{
    if (!is_empty_or_absent(folder)) {
        wm_error_set(error, WM_ERROR_FILE,
                     &(WmErrorPlace){.file = folder, .advice = "name a new or empty folder; nothing was written"},
                     "it is not empty");
        return false;
    }
    g_autofree char *first_missing = plan_new_first_missing(folder);
    for (size_t i = 0; i < G_N_ELEMENTS(FILES); i++)
        if (!write_file(folder, &FILES[i], error)) {
            take_back(folder, first_missing, i, error);
            return false;
        }
    return true;
}
