/* Keeps the programs of the machine from seeing what the agent holds or changes for a moment. */
#pragma once

/* From begin_unseen() to end_unseen(), no other process runs, unless the agent sleeps. */
void begin_unseen(void);
void end_unseen(void);
