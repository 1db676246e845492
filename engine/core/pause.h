/* engine/core/pause.h: where long work lets its host speak.
 *
 * A host that must be able to interrupt a fit (a database server whose user cancels the query) puts its own function in the place
 * of this one when it links (`--wrap=wm_pause`); it may leave the core by longjmp, provided that malloc and free are its own as
 * well. Link time, not a pointer to set: so the core keeps no state, and the command pays an empty call.
 */
#ifndef WM_CORE_PAUSE_H
#define WM_CORE_PAUSE_H

/* Called at least every few milliseconds of work; never while memory that the host cannot find again is held. */
void wm_pause(void);

#endif
