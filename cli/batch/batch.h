/* cli/batch/batch.h: which packs a batch makes, from what, and whether they are made already. */
#ifndef WM_CLI_BATCH_BATCH_H
#define WM_CLI_BATCH_BATCH_H

#include "cli/batch/pack_record.h"
#include "cli/month_files.h"
#include "engine/data/text/file_lock.h"

/* One pack: a whole plan, or one unit of a nation's. */
typedef struct {
    char *name;           /* of its folder below packs/ */
    char *plan;           /* folder or workbook */
    char *unit;           /* NULL: the whole plan */
    char *folder;         /* that takes its files */
    gboolean is_left_out; /* by --only: what is known of it is kept */
} Pack;

typedef struct {
    const CommonOptions *common;
    WmDay since;
    MonthFiles files;
    const char *only; /* a pattern of names; NULL for all */
    gboolean is_resumed, is_forced;
} BatchOptions;

typedef struct {
    const BatchOptions *options;
    char *operand;        /* ROOT or LIST */
    char *base;           /* ROOT, or the list's folder */
    char *out;            /* that takes all */
    GPtrArray *packs;     /* of Pack, in the order of the summary */
    GPtrArray *records;   /* of PackRecord, one a pack; NULL: not known */
    WmPlan *nation;       /* the plan of many units; NULL: every pack is a plan */
    WmMonths *months;     /* of the nation */
    WmStore *store;       /* likewise, in each process its own */
    FolderLock *alone;    /* at `out` */
    size_t n_errors;      /* found in the nation's tables and drops, and about no single unit */
    size_t n_warnings;    /* likewise */
    char *inputs;         /* the nation's hash: of its folder, and of the drops in a store that others write to as well */
    int code_of_measures; /* why a nation's measures of all areas were not made; 0: they were */
} PackBatch;

/* Find the packs: the plans of a list, the units of a plan that has some, else every plan below the folder. A nation's drops are
 * ingested, and its findings written. NULL with WM_ERROR_INPUT (there are none, or two would share a name) or any other. */
PackBatch *pack_batch_new(const BatchOptions *options, const char *operand, GError **error);
void pack_batch_free(PackBatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PackBatch, pack_batch_free)

/* One more pack, of `name` below packs/; `unit` is NULL for the whole plan. All copied. */
void pack_batch_add(PackBatch *self, const char *name, const char *plan, const char *unit);

/* Whether a unit's pack is there as it should be: nothing is to be done. Of a plan that is found out by the process that makes it,
 * for it takes reading all its files: FALSE. */
gboolean pack_batch_has(const PackBatch *self, size_t i);

/* Read once what all units need, before the processes begin; of plans nothing. FALSE with *error. */
gboolean pack_batch_prepare(PackBatch *self, size_t n_to_make, GError **error);

/* The nation's store, opened once in each process. FALSE with *error. */
gboolean pack_batch_open_nation(PackBatch *self, GError **error);

/* What making a pack came to. */
typedef enum { PACK_MADE, PACK_UNCHANGED, PACK_KEPT, PACK_FAILED, PACK_CRASHED, PACK_LEFT, N_PACK_ENDS } PackEnd;

const char *pack_end_name(PackEnd end);

/* Make a pack unless it is there, and leave its record. In a process of its own. EXIT_DONE when made; PACK_NOTHING_TO_DO; else an
 * exit code. */
#define PACK_NOTHING_TO_DO 100
int pack_batch_make(PackBatch *self, size_t i);

#endif
