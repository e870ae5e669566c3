/* Hides files that the agent opens and settings that it changes for a moment from the machine's programs. */
#pragma once

/* From begin_unseen() to end_unseen(), no other process runs, unless the agent sleeps. */
void begin_unseen(void);
void end_unseen(void);
