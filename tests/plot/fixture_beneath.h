/* tests/plot/fixture_beneath.h: what lies beneath the texts of a drawing, seen in its pixels at the moment each text is set. */
#ifndef WM_TESTS_FIXTURE_BENEATH_H
#define WM_TESTS_FIXTURE_BENEATH_H

#include "plot/chart/page.h"
#include "plot/fixture_drawing.h"

/** A text, by the pixels that its letters ink. */
typedef struct {
    char *text;
    double size_px;
    bool is_large;       /* as WCAG 2.2 has it: 24 px, or 18.66 px bold */
    double contrast;     /* the least with which all but a few of its pixels stand out from what is right behind them */
    double mark_share;   /* of its letters' box that covers marks: what stands out itself from the ground the text is on */
    double struck_share; /* of its pixels that something drawn later covers */
} TextBeneath;

/** Every text of a drawing in a theme, in order. New array of TextBeneath. */
GArray *beneath_texts(WmDrawFunc draw, const void *data, DrawingSize size, WmThemeName theme);

#endif
