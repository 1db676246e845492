/* engine/data/recipe/recipe.h: how to read a kind of file. docs/recipes.md is the reference; this is its form in memory.
 *
 *   [file]         match = ehcp_monthly*.csv
 *   [columns]      indicator = Measure    period = Month    value = Result
 *   [markers]      supp = suppressed
 *   [rename unit]  933 = E10000027
 */
#ifndef WM_DATA_RECIPE_H
#define WM_DATA_RECIPE_H

#include <waymark/ingest.h>
#include <waymark/value.h>

#include "engine/data/drop/source.h"
#include "engine/data/text/text_pattern.h"

/* One thing that a field's text can come from. */
typedef enum {
    TERM_COLUMN,   /* by name, or by a pattern of it */
    TERM_POSITION, /* @C: the third column */
    TERM_CELL,     /* @C2: one cell of the rows above the table */
    TERM_CONSTANT, /* =text */
} TermKind;

typedef struct {
    TermKind kind;
    char *text;          /* TERM_COLUMN, TERM_CONSTANT */
    gboolean is_literal; /* the name stood in quotes: no pattern */
    int column, row;     /* from 0, and from 1: TERM_POSITION, TERM_CELL */
    gboolean is_joined;  /* to the term before it, by a space, of figures as a sum; else it is the next choice */
} Term;

/* Where a field's text comes from: choices, the first that holds something; n = 0 when the recipe does not say. */
typedef struct {
    GArray *terms; /* of Term; NULL: not said */
    int line;      /* of the recipe */
} FieldText;

/* A row is taken when its text fits one of the alternatives; not taken when is_negated. */
typedef struct {
    FieldText column;
    GPtrArray *alternatives; /* of char *, patterns */
    GPtrArray *literals;     /* of char *, whole texts */
    gboolean is_negated;
    int line;
} Filter;

/* [columns] with [filter], or an [indicator X]. */
typedef struct {
    char *indicator; /* NULL: [columns] */
    FieldText fields[N_FIELDS];
    GPtrArray *filters; /* of Filter */
    double scale;       /* NAN: not said */
    int line;
} Section;

/* What a text stands for instead of a figure: a state, or a figure after all ("- = nil"). */
typedef struct {
    WmReadingState state;
    double value; /* NAN, unless the marker stands for a figure */
} Marker;

struct WmRecipe {
    char *hash; /* SHA-256, hex, of what it says: by which recipe a drop was read */
    char *path;
    char *match;
    char *sheet;
    CsvDialect dialect;
    GArray *header;        /* of int: the rows that hold the columns' names, ascending; empty: the first row */
    GPtrArray *skip_after; /* of char *: the table ends before a row whose first cell begins so */
    GPtrArray *ignored;    /* of char *: patterns of columns that are not wanted */
    gboolean skips_unknown_units;
    gboolean strips_footnotes;
    Section columns;
    GPtrArray *indicators;                /* of Section */
    GHashTable *markers;                  /* text -> Marker */
    GHashTable *renames[N_FIELDS];        /* text -> the plan's word; NULL for none */
    GPtrArray *rename_patterns[N_FIELDS]; /* pattern, word, pattern, word …; NULL for none */
    GPtrArray *period_places;             /* of char *: patterns with {period}, whose period is the word */
    GHashTable *periods;                  /* text -> the period taken from it by them: remembered, that it can be lent */
};

/* Whether `name`, a file's base name, is of this recipe's kind. */
gboolean recipe_matches(const WmRecipe *self, const char *name);

/* What the places of `match` took from the file's name: ehcp_{period}.csv. */
gboolean recipe_match_captures(const WmRecipe *self, const char *name, Captures *out);

/* Look a text up among the recipe's markers; NULL for none, or no recipe. Borrowed. */
const Marker *recipe_marker(const WmRecipe *self, const char *text);

/* The plan's own word for `text` in this field ([rename unit], [rename indicator] …), or `text`. Borrowed. */
const char *recipe_rename(const WmRecipe *self, Field field, const char *text);

/* Whether [rename FIELD] has that very text. */
gboolean recipe_renames(const WmRecipe *self, Field field, const char *text);

/* The recipe of the plan folder that matches `name`: new, NULL without an error when none does. Two that match are an error. */
WmRecipe *recipe_find(const char *folder, const char *name, GError **error);

/* Read a recipe's text; `path` is for messages. New, or NULL with *error. */
WmRecipe *recipe_parse(const char *text, const char *path, GError **error);

#endif
