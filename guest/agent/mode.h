/* The modes of a session: a person types the lines, with echo and prompts, or a page does. The mode changes
 * only while a shell is at its prompt. */
#pragma once
#include "frame.h"
#include <stdbool.h>

struct session;

/* Handles FRAME_MODE, and answers it with FRAME_MODE or FRAME_BUSY, at once or when the shell has its new
 * prompt. */
void mode_set(struct session *s, bool person, send_frame *send);
/* Has the shell reprint its prompt under the echo of the session's mode. */
void mode_begin_switch(struct session *s);
/* Ends the switch, once the shell has reprinted its prompt or a program reads. */
void mode_end_switch(struct session *s, send_frame *send);
/* Whether the shell at this prompt has the other mode's echo: it started before the switch, or stty(1)
 * changed it. */
bool mode_has_wrong_echo(const struct session *s);
