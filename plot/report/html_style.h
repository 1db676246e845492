/* plot/report/html_style.h: the one style sheet of every HTML report. */
#ifndef WM_PLOT_HTML_STYLE_H
#define WM_PLOT_HTML_STYLE_H

/** CSS, rule by rule, NULL at the end. Holds no "<", so that it may stand in a style element as it is. */
extern const char *const WM_HTML_STYLE[];

#endif
