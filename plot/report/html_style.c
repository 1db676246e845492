/* The one style sheet: light and dark, screen and paper, 320 to 1440 px and beyond.
 *
 * Colour pairs meet WCAG AA (4.5 to 1 for text) in both schemes. Charts keep a light ground of their own in the dark scheme,
 * because their inks are chosen for it.
 */
#include "plot/report/html_style.h"

#include <stddef.h>

const char *const WM_HTML_STYLE[] = {
    ":root{color-scheme:light dark;--ground:#fff;--panel:#f4f6f8;--ink:#17212b;--soft:#4a5560;--line:#c9d1d9;"
    "--link:#0b4f9e;--focus:#0b4f9e;--note:#e8f0fa;--warn:#fff3d6;--warn-edge:#8a5300;--red:#9c1f17;--red-ground:#fdecea;"
    "--amber:#754600;--amber-ground:#fff1d6;--green:#155c31;--green-ground:#e4f4ea;--blue:#174f8f;--blue-ground:#e6effa;"
    "--white:#3d4852;--white-ground:#fff;--grey:#3d4852;--grey-ground:#e9ecef}\n",
    "@media (prefers-color-scheme:dark){:root{--ground:#12181f;--panel:#1b242d;--ink:#e8edf2;--soft:#b3bec9;--line:#3a4753;"
    "--link:#8ec2ff;--focus:#ffd166;--note:#1a2c42;--warn:#3a2d0c;--warn-edge:#f2c14e;--red:#ffb4ab;--red-ground:#4a1713;"
    "--amber:#ffd08a;--amber-ground:#44300b;--green:#9be0b4;--green-ground:#123822;--blue:#a9cdfa;--blue-ground:#15304f;"
    "--white:#dfe5ea;--white-ground:#12181f;--grey:#dfe5ea;--grey-ground:#2e3842}}\n",
    "*{box-sizing:border-box}\n",
    "html{font:100%/1.5 'Liberation Sans',Arial,Helvetica,sans-serif;background:var(--ground);color:var(--ink);"
    "-webkit-text-size-adjust:100%;scroll-padding-top:1rem}\n",
    "body{margin:0;overflow-wrap:anywhere}\n",
    "a{color:var(--link)}\n",
    ":focus-visible{outline:3px solid var(--focus);outline-offset:2px}\n",
    ".skip{position:absolute;left:-100vw;padding:.5rem 1rem;background:var(--ground);z-index:1}\n",
    ".skip:focus{left:0;top:0}\n",
    "header,main,footer{max-width:80rem;margin:0 auto;padding:0 1rem}\n",
    "header{padding-top:1.5rem}\n",
    "h1{font-size:1.9rem;line-height:1.2;margin:0 0 .25rem}\n",
    "h2{font-size:1.45rem;line-height:1.25;margin:2.5rem 0 .75rem;padding-top:.75rem;border-top:3px solid var(--ink)}\n",
    "h3{font-size:1.15rem;line-height:1.3;margin:2rem 0 .5rem}\n",
    ".subtitle{font-size:1.2rem;margin:0 0 1rem;color:var(--soft)}\n",
    "p,li{max-width:72ch}\n",
    "p{margin:.5rem 0}\n",
    "li{margin:.25rem 0}\n",
    "ul{margin:.25rem 0 .75rem;padding-left:1.25rem}\n",
    ".front{display:flex;flex-wrap:wrap;gap:.5rem 2rem;margin:0;padding:.75rem 1rem;background:var(--panel)}\n",
    ".front div{min-width:7rem}\n",
    ".front dt{font-size:.85rem;color:var(--soft)}\n",
    ".front dd{margin:0;font-weight:bold}\n",
    "small,.small{font-size:.85rem;color:var(--soft)}\n",
    ".figures{display:flex;flex-wrap:wrap;gap:.75rem;list-style:none;margin:1rem 0;padding:0}\n",
    ".figures li{flex:1 1 8rem;margin:0;padding:.6rem .9rem;border:1px solid var(--line);border-left-width:6px;"
    "background:var(--panel)}\n",
    ".figures b{display:block;font-size:1.8rem;line-height:1.15}\n",
    ".figures .shape{width:1.3rem;height:1.3rem}\n",
    ".pill{display:inline-flex;align-items:center;gap:.35em;padding:.05em .55em;border:1px solid currentColor;"
    "border-radius:1em;font-size:.9em;font-weight:bold;white-space:normal;line-height:1.35}\n",
    ".shape{width:.8em;height:.8em;flex:none;fill:currentColor}\n",
    ".red{color:var(--red)}\n",
    ".amber{color:var(--amber)}\n",
    ".green{color:var(--green)}\n",
    ".blue{color:var(--blue)}\n",
    ".white{color:var(--white)}\n",
    ".grey{color:var(--grey)}\n",
    ".pill.red{background:var(--red-ground)}\n",
    ".pill.amber{background:var(--amber-ground)}\n",
    ".pill.green{background:var(--green-ground)}\n",
    ".pill.blue{background:var(--blue-ground)}\n",
    ".pill.white{background:var(--white-ground)}\n",
    ".pill.grey{background:var(--grey-ground)}\n",
    ".figures .red,.figures .amber,.figures .green,.figures .blue,.figures .white,.figures .grey{"
    "border-left-color:currentColor}\n",
    ".notice{max-width:72ch;margin:1rem 0;padding:.6rem 1rem;border-left:6px solid var(--link);background:var(--note)}\n",
    ".notice.warning{border-left-color:var(--warn-edge);background:var(--warn)}\n",
    ".notice p{margin:0}\n",
    "nav ul{list-style:none;margin:0;padding:0}\n",
    "nav ul ul{padding-left:1rem}\n",
    "nav .pill{font-size:.75rem}\n",
    "figure{margin:1rem 0}\n",
    "figcaption{font-size:.85rem;color:var(--soft);max-width:72ch}\n",
    ".chart{background:#fff;border:1px solid var(--line);max-width:62rem}\n",
    ".chart svg{display:block;width:100%;height:auto}\n",
    ".chart .narrow{display:none;max-width:30rem;margin:0 auto}\n",
    "@media (max-width:40rem){.chart .wide{display:none}.chart .narrow{display:block}.chart{margin:0 -1rem;"
    "border-width:1px 0}}\n",
    "details{margin:.5rem 0}\n",
    "summary{cursor:pointer;color:var(--link);padding:.35rem 0}\n",
    ".scroll{overflow-x:auto;margin:.75rem 0;max-width:100%}\n",
    "table{border-collapse:collapse;font-variant-numeric:tabular-nums;overflow-wrap:normal}\n",
    "caption{text-align:left;font-weight:bold;padding:.25rem 0 .5rem}\n",
    "th,td{padding:.4rem .6rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}\n",
    "thead th{border-bottom:2px solid var(--ink);vertical-align:bottom}\n",
    "th.group{background:var(--panel);padding-top:.7rem}\n",
    "tbody th{font-weight:bold}\n",
    ".end{text-align:right}\n",
    ".dense{font-size:.875rem;min-width:64rem}\n",
    ".dense tbody th{min-width:12rem}\n",
    ".dense td{min-width:7rem}\n",
    ".dense .pill{min-width:6.5rem}\n",
    "p>.pill{margin-right:.4em}\n",
    ".facts{max-width:62rem;width:100%;overflow-wrap:anywhere}\n",
    ".facts th{width:13rem;font-weight:normal;color:var(--soft)}\n",
    "@media (max-width:40rem){.facts,.facts tbody,.facts tr,.facts th,.facts td{display:block;width:auto}.facts tr{"
    "border-bottom:1px solid var(--line);padding:.35rem 0}.facts th,.facts td{border:0;padding:0}h1{font-size:1.5rem}h2{"
    "font-size:1.25rem}}\n",
    "@media (min-width:75rem){main{display:grid;grid-template-columns:15rem minmax(0,1fr);column-gap:2.5rem}main>*{"
    "grid-column:2}main>nav{grid-column:1;grid-row:1/span 40;position:sticky;top:1rem;align-self:start;"
    "max-height:calc(100vh - 2rem);overflow-y:auto;font-size:.9rem}nav h2{margin-top:2.5rem;font-size:1.1rem}"
    "header,main,footer{max-width:90rem;padding:0 2rem}header{padding-top:2rem}}\n",
    "footer{margin-top:3rem;padding-bottom:2rem}\n",
    "footer p{border-top:1px solid var(--line);padding-top:.75rem;max-width:none}\n",
    "@media print{:root{color-scheme:light;--ground:#fff;--panel:#f4f6f8;--ink:#000;--soft:#3d4852;--line:#aab4be;"
    "--link:#000;--note:#f4f6f8;--warn:#fff;--warn-edge:#8a5300;--red:#9c1f17;--red-ground:#fff;--amber:#754600;"
    "--amber-ground:#fff;--green:#155c31;--green-ground:#fff;--blue:#174f8f;--blue-ground:#fff;--white:#3d4852;"
    "--white-ground:#fff;--grey:#3d4852;--grey-ground:#fff}html{font-size:10pt}main{display:block}.skip,details{"
    "display:none}.chart .wide{display:block}.chart .narrow{display:none}h2,h3{break-after:avoid}"
    "figure,tr,.notice,.figures{break-inside:avoid}thead{display:table-header-group}.scroll{overflow:visible}.dense{"
    "font-size:7pt;min-width:0}.dense tbody th,.dense td,.dense .pill{min-width:0}.dense th,.dense td{padding:.2rem "
    ".3rem}header,main,footer{"
    "max-width:none;padding:0}@page{size:A4;margin:16mm}}\n",
    NULL,
};
