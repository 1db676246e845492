/* waymark/ingest.h: from a file to a drop in the store.
 *
 * A file whose header carries the contract's names (indicator, unit, cohort, period, value, numerator, denominator, state, note)
 * needs no recipe; `recipes/NAME.ini` in the plan folder says how to read any other. Every row is loaded, or quarantined with its
 * reason: nothing is lost, nothing invented. One file is one drop and one transaction.
 */
#ifndef WAYMARK_INGEST_H
#define WAYMARK_INGEST_H

#include <waymark/plan.h>
#include <waymark/store.h>

G_BEGIN_DECLS

/** How a kind of file is read. */
typedef struct WmRecipe WmRecipe;

/** Read a recipe. @return new, or NULL with WM_ERROR_INPUT */
WmRecipe *wm_recipe_read(const char *path, GError **error);
void wm_recipe_free(WmRecipe *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WmRecipe, wm_recipe_free)

/** A figure that a drop changes. */
typedef struct {
    const char *indicator, *unit, *cohort;
    WmReading was, now;
} WmIngestRevision;

/** What a dry run found, row by row. Texts live as long as it. */
typedef struct {
    GArray *refused; /* of WmQuarantined, by line */
    GArray *revised; /* of WmIngestRevision, by indicator, unit, cohort, period */
    GStringChunk *texts;
} WmIngestPreview;

/** New and empty. Caller frees. */
WmIngestPreview *wm_ingest_preview_new(void);
void wm_ingest_preview_free(WmIngestPreview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WmIngestPreview, wm_ingest_preview_free)

typedef struct {
    const char *path; /* the file; borrowed */
    const char *name; /* as in the plan folder, for messages and the store; borrowed */
    WmDay received;
    const WmRecipe *recipe; /* NULL: the recipe in the plan folder whose `match` fits the file's name, else the contract's names */
    gint64 again;           /* the drop whose file is read again (wm_ingest_again); 0: it is a new one */
    WmDay since;            /* then: the day from which that counts */
    gboolean is_strict;     /* a quarantined row refuses the drop */
    gboolean is_dry_run;    /* say what would happen; write nothing */
    WmProblems *problems;   /* takes what is odd about the file as a whole; NULL for nothing */
    WmIngestPreview *preview;                                    /* of a dry run: takes its rows; NULL for nothing */
    bool (*progress)(gint64 n_rows, void *data, GError **error); /* called now and then while a file is read; false stops, with
                                                                  *error set; NULL for nothing */
    void *progress_data;
} WmIngestRequest;

typedef struct {
    gint64 drop;        /* id; 0 in a dry run */
    gboolean was_known; /* the same content is in the store already: nothing was done */
    gint64 n_rows;      /* of the file, below its header */
    gint64 n_loaded, n_revised, n_unchanged, n_quarantined;
    gint64 n_skipped;          /* rows that hold no reading the recipe asks for: filtered out, section lines, units left out */
    gint64 overruled_by;       /* the drop of the same day that stands after it and gives other figures, which count; 0: none */
    gboolean was_windows_1252; /* the file was not UTF-8, and was read as Windows-1252 */
} WmIngestResult;

/** Ingest one file.
 *
 * @return FALSE with WM_ERROR_INPUT (no usable header, refused by is_strict) or WM_ERROR_FILE; then the store is as it was
 */
gboolean wm_ingest_file(WmStore *store, const WmPlan *plan, const WmIngestRequest *request, WmIngestResult *out, GError **error);

/** Ingest a file that somebody hands over.
 *
 * It is kept in PLAN/drops/RECEIVED/ as it came, under its own name, or where another file has that name with a number before its
 * ending (x~2.csv), so that it stands after it and counts; request->name is chosen here, in a dry run, too. "-" is standard input,
 * kept as stdin.csv or stdin.xlsx. Refused, or with nothing to tell, it leaves nothing behind.
 */
gboolean wm_ingest_delivery(WmStore *store, const WmPlan *plan, const WmIngestRequest *request, WmIngestResult *out,
                            GError **error);

/** Write PLAN/quarantine/RECEIVED/FILE.csv (drop, line, column, code, message, raw) for every drop that has refused rows and no
 * such file yet. wm_ingest_drops does so by itself. */
gboolean wm_ingest_write_quarantine(WmStore *store, const WmPlan *plan, GError **error);

typedef struct {
    gint64 drop;
    WmDay day;        /* from which it no longer counts; WM_NO_DAY: the day of the latest drop */
    const char *note; /* why; may be NULL */
    gboolean is_restore, is_dry_run;
} WmWithdrawRequest;

typedef struct {
    char file[512]; /* as in the plan folder */
    WmDay day;
    gboolean was_so;   /* nothing was to be done */
    WmDropInfo counts; /* of the drop; its texts are NULL */
    gint64 n_changed;  /* of its readings, what counted until then, and no longer does, or again */
    gint64 other;      /* a drop of the same content that still counts; 0: none */
    char other_file[512];
} WmWithdrawResult;

/** Withdraw a drop, or restore it. PLAN/drops/withdrawn.csv keeps it, so that the drops folder rebuilds the store; the file stays,
 * and as at an earlier day the drop still counts. @return FALSE with WM_ERROR_INPUT: no such drop */
gboolean wm_ingest_withdraw(WmStore *store, const WmPlan *plan, const WmWithdrawRequest *request, WmWithdrawResult *out,
                            GError **error);

/** Read the file of a drop again, by the recipe that now fits its name or is named: what a corrected recipe makes of it counts from
 * `since` on (WM_NO_DAY: the day of the latest drop), in the drop's own place among the others. Until then, what was read first
 * counts as it did. Where nothing comes out otherwise, nothing is done (was_known). Of the request, path, name, received and again
 * are set here. @return FALSE with WM_ERROR_INPUT: no such drop, withdrawn, or its file is not what it was
 */
gboolean wm_ingest_again(WmStore *store, const WmPlan *plan, gint64 drop, const WmIngestRequest *request, WmIngestResult *out,
                         GError **error);

/** Warn of every drop that the recipes, as they now stand, would read otherwise (stale_drop). */
gboolean wm_ingest_check_recipes(WmStore *store, const WmPlan *plan, WmProblems *problems, GError **error);

/** The drop that somebody means by its number or its file: drops/2021-07-31/x.csv, 2021-07-31/x.csv or x.csv. WM_ERROR_INPUT: none,
 * or several. 0 with *error set. */
gint64 wm_ingest_find_drop(WmStore *store, const char *text, GError **error);

/** Look the store over (wm_store_check), and hold every drop's file in PLAN/drops against what the store took. Adds what is wrong
 * to `problems`. */
gboolean wm_ingest_verify(WmStore *store, const WmPlan *plan, WmProblems *problems, GError **error);

/** Ingest every file under PLAN/drops that the store does not know yet, by received date and name.
 *
 * The received date is the folder's name, YYYY-MM-DD or YYYY-MM (then the month's last day). Folders and files of other names are
 * added to `problems`. *n_new is the number of drops added.
 */
gboolean wm_ingest_drops(WmStore *store, const WmPlan *plan, WmProblems *problems, size_t *n_new, GError **error);

/** The received date that a drop folder's name stands for; WM_NO_DAY for another name. */
WmDay wm_drop_folder_day(const char *name);

/** Look at the data of a plan as at a day (WM_NO_DAY: the latest drop): every series' readings, the rows that were refused, derived
 * readings that cannot be, overrides that have run out. Adds to `problems` and sorts them. wm_month_new does the same by the way.
 */
bool wm_check_data(const WmPlan *plan, WmStore *store, WmDay as_at, WmProblems *problems, GError **error);

G_END_DECLS
#endif
