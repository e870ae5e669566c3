/* Transfers: files of the machine that the page writes or reads, each on a stream of its own. */
#pragma once
#include "frame.h"
#include <stdbool.h>

/* Starts a transfer, for FRAME_PUT and FRAME_GET. Sends FRAME_ERROR when the file cannot be opened. */
void transfer_open(const struct frame *request, send_frame *send);
/* Whether the frame was for a transfer: content, credit, or an end before its time. */
bool transfer_handle(const struct frame *request, send_frame *send);
/* Whether there is something to send now. */
bool transfers_are_ready(void);
/* Sends the next piece of each file that is read, within its credit. */
void transfers_serve(send_frame *send);
