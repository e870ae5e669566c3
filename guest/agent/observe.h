/* Reports the kernel's objects to the page: its processes, control groups, networks and mounts. */
#pragma once
#include "frame.h"
#include <stdint.h>

/* Handles FRAME_OBSERVE, and takes the first look as soon as the limit of bytes permits it. The agent then
 * looks less often than requested if it would otherwise use more than 2 % of the processor, or send more than
 * BYTES_PER_SECOND on average. */
void observe(const struct frame *request);
/* The time of the next look, as a value of now_ms(); 0 if there is none. */
uint64_t observe_at(void);
/* At the due time, takes the next step of a look. Sends FRAME_REPORT for each part that has changed. */
void observe_look(uint64_t now, send_frame *send);
