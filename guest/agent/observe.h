/* Reports the machine's processes to the page, with their namespaces and control groups. */
#pragma once
#include "frame.h"
#include <stdint.h>

/* Starts looking at the processes every `ms` milliseconds, or less often if that would use more than 2 % of
 * the processor. 0 stops it. */
void observe(uint32_t ms);
/* The time of the next look, as a value of now_ms(); 0 if there is none. */
uint64_t observe_at(void);
/* At the due time, looks at the processes. Sends FRAME_PROCESSES if a process has changed. */
void observe_look(uint64_t now, send_frame *send);
