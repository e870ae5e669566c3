/* Tells the page which processes there are, and in which namespaces and control groups. */
#pragma once
#include "frame.h"
#include <stdint.h>

/* From now on looks every `ms` milliseconds, or more seldom where that would cost more than 2 % of
 * the processor; 0 ends it. */
void observe(uint32_t ms);
/* When to look next, as now_ms() tells time; 0 when nobody asks. */
uint64_t observe_at(void);
/* Looks when it is time to, and sends FRAME_PROCESSES when something has changed. */
void observe_look(uint64_t now, send_frame *send);
