/* plot/report/pdf_block.h: each kind of block on paper. */
#ifndef WM_PLOT_PDF_BLOCK_H
#define WM_PLOT_PDF_BLOCK_H

#include "plot/report/pdf_page.h"

G_BEGIN_DECLS

/** How a kind of block is set. */
typedef struct {
    double space_before;                         /* pt; none at the top of a page */
    double (*whole)(WmPaper *, const WmBlock *); /* its height, of a block that may be kept with the next; else NULL */
    double (*head)(WmPaper *, const WmBlock *);  /* the least of it that may stand at the foot of a page; NULL for nothing */
    bool (*put)(WmPaper *, const WmBlock *, GError **);
} WmBlockSetter;

const WmBlockSetter *wm_block_setter(const WmBlock *block);

/** Title, subtitle and facts at the top of the first page. */
void wm_paper_put_front(WmPaper *self);

/** The contents, with the pages that the rehearsal found. */
double wm_paper_contents_head(WmPaper *self, const WmBlock *block);
bool wm_paper_put_contents(WmPaper *self, const WmBlock *block, GError **error);

G_END_DECLS
#endif
