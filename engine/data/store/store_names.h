/* engine/data/store/store_names.h: texts as small numbers, for as long as a drop is written.
 *
 * The thread that reads a file names series and notes by number as they come; the thread that stores learns each new name once.
 * Memory is bounded: past MAX_NAMES the book is closed and a new one begun, and the store's own index knows the old names.
 */
#ifndef WM_DATA_STORE_NAMES_H
#define WM_DATA_STORE_NAMES_H

#include <glib.h>

#define MAX_NAMES 200000

typedef struct Names Names;

Names *names_new(void);
void names_free(Names *self);

/* The number, from 0, of a name made of n texts. */
guint names_number(Names *self, const char *const *texts, size_t n);

/* Names on their way to the store. */
typedef struct {
    GPtrArray *keys;  /* of char *: each the texts of a name, one after another; borrowed from the book */
    gboolean is_anew; /* numbers begin again with these */
    Names *retired;   /* the book before, which only batches before this one read */
} FreshNames;

void fresh_names_init(FreshNames *self);
void fresh_names_reset(FreshNames *self);
void fresh_names_clear(FreshNames *self);

/* Hand over the names that are new since the last time. Where *names is full, a new book takes its place. */
void names_hand_over(Names **names, FreshNames *out);

/* Whether at least n names wait to be handed over, and that would not begin a new book. */
gboolean names_can_go_ahead(const Names *self, guint n);

/* The key of texts; new. */
char *names_key(const char *const *texts, size_t n);

/* The text at `i` of a key. */
const char *names_text(const char *key, size_t i);

#endif
