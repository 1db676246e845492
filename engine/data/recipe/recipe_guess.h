/* engine/data/recipe/recipe_guess.h: what a file's columns seem to be, and the recipe, indicators and units that follow.
 *
 * A guess is a beginning, written to be read and corrected: it says beside each line what it saw. With a plan, columns that hold
 * its units and names of its indicators are taken for them.
 */
#ifndef WM_DATA_RECIPE_GUESS_H
#define WM_DATA_RECIPE_GUESS_H

#include <waymark/plan.h>

#include "engine/data/recipe/sheet_profile.h"

/* What a column seems to be. */
typedef enum {
    ROLE_NONE,
    ROLE_PERIOD,
    ROLE_UNIT,      /* a choice of the unit's column */
    ROLE_PLACE,     /* says more of who is measured: names, levels, other codes */
    ROLE_COHORT,    /* cuts the figures by age, sex, kind … */
    ROLE_LEFT_OUT,  /* looks like groups, and is none */
    ROLE_INDICATOR, /* names the measure of the row's figure */
    ROLE_FIGURE,
    ROLE_ACROSS, /* figures of one period */
} Role;

/* One indicator that the file seems to hold. */
typedef struct {
    char *id;      /* UPPER_CASE */
    char *title;   /* as the file names it */
    char *column;  /* as a recipe writes it */
    guint example; /* a column of it */
    gboolean is_percent, is_whole;
    gboolean is_fraction;          /* a percent from 0 to 1 */
    char *numerator, *denominator; /* columns of counts that it is the share of, as a recipe writes them; NULL for none */
    guint n_agreeing;              /* in how many rows that were looked at, which are all that have the three; 0: none */
} GuessedIndicator;

typedef struct {
    const SheetProfile *profile;
    const WmPlan *plan; /* may be NULL */
    const char *path, *sheet;
    Role *roles;          /* one a column */
    GArray *units;        /* of guint: the choices of the unit's column, in order */
    GArray *periods;      /* of guint: the columns that a period is joined from */
    GArray *cohorts;      /* of guint */
    GArray *indicators;   /* of GuessedIndicator */
    WmPeriodKind kind;    /* of the periods */
    gboolean has_marks;   /* names or units end in footnote marks */
    char *together;       /* the cohort's text that means all; NULL for none */
    char *period_prefix;  /* what stands before every period of their column; NULL for nothing */
    const char *odd_part; /* a text of time_identifier that makes no period; borrowed from the profile; NULL for none */
    gint64 joined_kinds[WM_N_PERIOD_KINDS]; /* of periods that are joined, or stand behind a prefix; all 0: they are the columns'
                                               own */
    GPtrArray *levels,
        *other_levels; /* of char *: of places that are to be read, and that bear another's code; both empty: all are */
} Guess;

/* Guess. New; borrows all. NULL with *error where the file cannot be read again. */
Guess *guess_new(const SheetProfile *profile, const WmPlan *plan, const char *path, const SourceOptions *options, GError **error);
void guess_free(Guess *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Guess, guess_free)

/* The recipe, with its reasons as comments. New. */
char *guess_recipe(const Guess *self);

/* Rows of indicators.csv, header first. New. */
char *guess_indicators(const Guess *self);

/* Rows of units.csv as a tree, header first: from the unit's columns, their names and the columns above them. Codes that seem to be
 * one unit's are added to `problems`. New, or NULL with *error. */
char *guess_units(const Guess *self, const SourceOptions *options, WmProblems *problems, GError **error);

/* How a recipe writes a column's name: in quotes where it would be read otherwise, by its place where it has none of its own. New.
 */
char *guess_column_text(const SheetHeader *names, guint column);

#endif
