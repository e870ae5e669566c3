/* Care for a small snapshot. */
#pragma once

/* From the boot on the kernel zeroes what is freed (init_on_free=1), so that what the boot leaves behind
 * does not lie in the snapshot. Those who use the machine need not pay for that: ends it. */
void stop_zeroing(void);
