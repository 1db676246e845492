/* tests/plot/fixture_drawing.h: what every chart must bear, whatever it shows. */
#ifndef WM_TESTS_FIXTURE_DRAWING_H
#define WM_TESTS_FIXTURE_DRAWING_H

#include "plot/chart/page.h"

typedef struct {
    int width_px, height_px;
} DrawingSize;

/** From a thumbnail to A3. */
extern const DrawingSize DRAWING_SIZES[];
extern const size_t N_DRAWING_SIZES;

/** What is wrong with the texts of a chart at a size: one covers another or leaves the page. NULL for nothing. New. */
char *drawing_fault(WmDrawFunc draw, const void *data, DrawingSize size);

/** Whether a text was drawn that has `part` in it. */
bool drawing_says(WmDrawFunc draw, const void *data, DrawingSize size, const char *part);

/** Whether this very text was drawn. */
bool drawing_has_text(WmDrawFunc draw, const void *data, DrawingSize size, const char *text);

/** Middle of the last text drawn that begins with `start` (labels come after ticks), in pixels down the page; NAN for none. */
double drawing_text_y(WmDrawFunc draw, const void *data, DrawingSize size, const char *start);

/** Shapes of a kind in its SVG: of "<circle", for one. */
size_t drawing_n_shapes(WmDrawFunc draw, const void *data, DrawingSize size, const char *start);

/** What is wrong with a chart's file in any format and theme: other bytes the second time, an SVG that is not well formed, without
 * title or description, or with "nan", "inf" or "-0" in it. `write` is called with `data`. NULL for nothing. New. */
typedef GBytes *(*DrawingWrite)(const void *data, const WmChartOptions *options, GError **error);
char *drawing_file_fault(DrawingWrite write, const void *data);

/** Whether a file has a text in it; PDFs have zero bytes. */
bool file_has(GBytes *file, const char *text);

#endif
