/* Transfers: the page writes or reads files of the machine. Each transfer has its own stream. */
#pragma once
#include "frame.h"
#include <stdbool.h>

/* Starts a transfer, for FRAME_PUT and FRAME_GET. Sends FRAME_ERROR if the file cannot be opened. */
void transfer_open(const struct frame *request, send_frame *send);
/* Handles a frame with content or credit, or one that cancels a transfer. Returns false if its stream is not
 * that of a transfer. */
bool transfer_handle(const struct frame *request, send_frame *send);
/* Whether a transfer can send bytes now. */
bool transfers_are_ready(void);
/* Sends the next piece of each file that the page reads, within its credit. */
void transfers_serve(send_frame *send);
