/* plot/report/document.h: a document as its parts, before it is written in a format.
 *
 * A report builds the document once; html.c and pdf.c each write it, so that words and figures always agree. *Text is data*:
 * whatever stands in a title or a comment is made fit on its way in (valid UTF-8, no control or reordering characters) and reaches
 * a format only through calls that escape it, so that it can never become markup.
 *
 * Everything that a function here returns is borrowed from the document and dies with it. Texts are copied. Ids are made by
 * wm_document_id: a letter, then letters, digits and hyphens.
 */
#ifndef WM_PLOT_DOCUMENT_H
#define WM_PLOT_DOCUMENT_H

#include <waymark/chart.h>
#include <waymark/report.h>

G_BEGIN_DECLS

typedef enum {
    WM_RUN_PLAIN,
    WM_RUN_STRONG,
    WM_RUN_SMALL,
    WM_RUN_LINK,   /* to the part whose id is `target` */
    WM_RUN_FILE,   /* to the file at `target`, a path from the page's own folder; on paper, its text alone */
    WM_RUN_STATUS, /* shape and word of `status`; no text */
    WM_RUN_BREAK,  /* a new line; no text */
} WmRunKind;

typedef struct {
    WmRunKind kind;
    const char *text;
    const char *target;
    WmVerdict status;
} WmRun;

/** A line of running text. */
typedef struct {
    GArray *runs; /* of WmRun */
    GStringChunk *texts;
} WmProse;

typedef enum { WM_ALIGN_START, WM_ALIGN_END } WmAlign;

typedef struct {
    const char *title;
    WmAlign align;
    bool is_row_header; /* its cells name their row */
} WmColumn;

/** A row: a cell for each column, or, where `group` is set, that text across all of them. */
typedef struct {
    const char *group;
    WmProse *const *cells;
} WmTableRow;

typedef struct {
    const char *caption; /* "" for none */
    const char *label;   /* what a screen reader calls a table without a caption */
    const WmColumn *columns;
    size_t n_columns;
    GArray *rows;    /* of WmTableRow */
    bool has_header; /* column titles are shown; else each row is a name and its value */
    bool is_dense;   /* many columns: set smaller */
    bool is_whole;   /* no row may be left out, however many there are: each leads somewhere */
} WmTable;

/** A picture that can be drawn by itself: in a page of SVG, or on a Cairo page of another document. */
typedef struct {
    GBytes *(*write)(gconstpointer subject, const WmChartOptions *options, GError **error);
    bool (*draw)(gconstpointer subject, const WmChartOptions *options, void *cairo, GError **error);
} WmPicture;

typedef struct {
    const char *id;
    const WmPicture *picture;
    gconstpointer subject; /* what the picture shows; borrowed, and outlives the document */
    const char *alt;
    const char *caption;
    const WmTable *data;                  /* the numbers behind it; NULL for none */
    int paper_height_px;                  /* on paper, where its width is 665; 0 for 395 */
    int wide_height_px, narrow_height_px; /* in HTML, where its width is 960 or 300; 0 for 500 and 400 */
} WmFigure;

typedef enum { WM_NOTICE_NOTE, WM_NOTICE_WARNING } WmNoticeTone;

typedef struct {
    const char *value, *label;
    bool has_status;
    WmRag status;
} WmKeyFigure;

typedef enum {
    WM_BLOCK_HEADING,
    WM_BLOCK_PARAGRAPH,
    WM_BLOCK_LIST,
    WM_BLOCK_TABLE,
    WM_BLOCK_FIGURE,
    WM_BLOCK_NOTICE,
    WM_BLOCK_KEY_FIGURES,
    WM_BLOCK_CONTENTS, /* links to the headings of levels 2 and 3 */
    WM_BLOCK_NEW_PAGE, /* on paper, what follows starts a page */
    WM_N_BLOCKS,
} WmBlockKind;

typedef struct {
    WmBlockKind kind;
    bool is_kept;         /* on paper, stands on the page of what follows; headings always do */
    int level;            /* heading: 2 or 3 */
    const char *id;       /* heading */
    const char *title;    /* heading as plain text, for contents and bookmarks; notice: its first words */
    WmVerdict status;     /* heading: shown in the contents; a WM_N_RAGS status for none */
    WmNoticeTone tone;    /* notice */
    WmProse *prose;       /* heading, paragraph, notice */
    GPtrArray *items;     /* list: of WmProse* */
    const WmTable *table; /* table */
    WmFigure figure;      /* figure */
    GArray *key_figures;  /* key figures: of WmKeyFigure */
} WmBlock;

/** What stands before the first block. Texts are "" when absent. */
typedef struct {
    const char *title;    /* of the plan */
    const char *subtitle; /* what paper this is */
    const char *area, *board, *author_role, *plan_version;
    WmDay as_at;
    WmDay previous_as_at; /* WM_NO_DAY when there is none */
} WmFrontMatter;

/** Whom a paper is from, as its front says: "" where that is the board that it is for, which does not write to itself. */
const char *wm_front_from(const WmFrontMatter *front);

struct WmDocument {
    WmFrontMatter front;
    GPtrArray *blocks; /* of WmBlock* */
    GPtrArray *owned;  /* of everything below the blocks, with its own free */
    GStringChunk *texts;
};

/** New document with this front matter; its texts are copied. */
WmDocument *wm_document_new(const WmFrontMatter *front);

/** `text` made fit to be shown: valid UTF-8; control characters and those that reorder a line become U+FFFD; CR LF becomes LF; NULL
 * becomes "". New; the other call keeps it in the document. */
char *wm_text_fit(const char *text);
const char *wm_document_text(WmDocument *self, const char *text);
const char *wm_document_textf(WmDocument *self, const char *format, ...) G_GNUC_PRINTF(2, 3);

/** An id for the `i`-th part of a kind: "measure-3". `kind` is ours, never input. */
const char *wm_document_id(WmDocument *self, const char *kind, size_t i);

/** Keep something as long as the document, which frees it. Returns it. */
gpointer wm_document_own(WmDocument *self, gpointer thing, GDestroyNotify free);

/** Running text that begins with `text`. */
WmProse *wm_document_prose(WmDocument *self, const char *text);
WmProse *wm_document_prosef(WmDocument *self, const char *format, ...) G_GNUC_PRINTF(2, 3);
void wm_prose_add(WmProse *self, WmRunKind kind, const char *text);
void wm_prose_addf(WmProse *self, WmRunKind kind, const char *format, ...) G_GNUC_PRINTF(3, 4);
void wm_prose_add_link(WmProse *self, const char *text, const char *target);
void wm_prose_add_file(WmProse *self, const char *text, const char *path);
void wm_prose_add_status(WmProse *self, WmVerdict status);
void wm_prose_break(WmProse *self);
bool wm_prose_is_empty(const WmProse *self);

/** A table with these columns, copied. */
WmTable *wm_document_table(WmDocument *self, const char *caption, const WmColumn *columns, size_t n_columns);

/** A table of names and values: two columns without titles, called `label` by screen readers. */
WmTable *wm_document_facts(WmDocument *self, const char *label);
void wm_table_row(WmDocument *self, WmTable *table, WmProse *const *cells);
void wm_table_group(WmDocument *self, WmTable *table, const char *title);

/** Name and value as a row of facts; passed over when `value` is NULL or empty. */
void wm_table_fact(WmDocument *self, WmTable *table, const char *name, WmProse *value);

/** Blocks, added at the end. */
WmBlock *wm_document_heading(WmDocument *self, int level, const char *id, const char *title);
WmBlock *wm_document_paragraph(WmDocument *self, WmProse *prose);
WmBlock *wm_document_list(WmDocument *self);
void wm_list_add(WmBlock *list, WmProse *item);

/** How much of one kind a paper shows before it says that there is more: nobody reads on, and a plan that has a row for each area
 * of a country is better read as a pack for each (waymark batch). */
enum { WM_MOST_ROWS = 1500, WM_MOST_SECTIONS = 100 };

/** Of a table of more than WM_MOST_ROWS rows, unless it is to be whole, those are kept, and a sentence below says how many are left
 * out. */
WmBlock *wm_document_add_table(WmDocument *self, WmTable *table);

/** "100 of 472 are shown in full; …", where there are more than WM_MOST_SECTIONS. @return how many to show */
size_t wm_document_most_sections(WmDocument *self, size_t n);

/** The text, as a link to section i (from 0), whose id is `target`, where that is shown. */
void wm_document_link_section(WmProse *prose, const char *text, size_t i, const char *target);
WmBlock *wm_document_figure(WmDocument *self, const WmFigure *figure);
WmBlock *wm_document_notice(WmDocument *self, WmNoticeTone tone, const char *title, const char *text);
WmBlock *wm_document_key_figures(WmDocument *self);
void wm_key_figures_add(WmDocument *self, WmBlock *block, const char *value, const char *label, const WmRag *status);
WmBlock *wm_document_mark(WmDocument *self, WmBlockKind contents_or_new_page);

G_END_DECLS
#endif
