/* The agent's clock. */
#pragma once
#include <stdint.h>

/* Time since the machine was started, in ms. */
uint64_t now_ms(void);
