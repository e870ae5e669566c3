/* Care for a small snapshot. */
#pragma once

/* Makes pages that nothing uses contain zeros, which compress to nothing. It takes them from the
 * kernel, which clears a page before it hands it out, and gives them back. Nothing in use, page
 * cache included, is pushed out. */
void zero_free_memory(void);
