/* engine/data/recipe/guess_private.h: what the files of the guess share. */
#ifndef WM_DATA_GUESS_PRIVATE_H
#define WM_DATA_GUESS_PRIVATE_H

#include "engine/data/recipe/recipe_guess.h"

/* Give every column its role, and fill units, periods and cohorts. */
void guess_roles(Guess *self);

/* Find where the periods stand. */
void guess_periods(Guess *self);

/* The column that says of what level a row's place is; -1 for none. */
int guess_level_column(const Guess *self);

/* Find the levels whose rows bear another level's code. */
gboolean guess_find_levels(Guess *self, const SourceOptions *options, GError **error);

/* Find the indicators. */
void guess_find_indicators(Guess *self);

/* Find, for percents, the counts that they are shares of. */
gboolean guess_find_ratios(Guess *self, const SourceOptions *options, GError **error);

/* Whether a column's name holds one of the words, ended by NULL, lower case. */
gboolean guess_name_has(const char *name, const char *const *words);

/* Where one part of a column's name is a period, the name with {period} in its stead and without footnote marks; else NULL. New. */
char *guess_measure_of(const char *name);

/* A name without the footnote marks that it ends in: "Appeals registered4,9". New. */
char *guess_strip_marks(const char *name);

#endif
