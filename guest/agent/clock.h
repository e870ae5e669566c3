/* The agent's clock. */
#pragma once
#include <stdint.h>

/* Time since the start of the machine, in ms. */
uint64_t now_ms(void);
