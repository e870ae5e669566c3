/* Finds the marks that our shells put around a command's output: ESC ] course ; X [; status] BEL.
 * They are operating system commands as in ECMA-48; /etc/bash.bashrc has the shell print them. */
#pragma once
#include <stddef.h>
#include <stdint.h>

enum mark { MARK_NONE, MARK_PROMPT, MARK_START, MARK_MORE };

/* Holds the bytes that may turn out to be the beginning of a mark. */
struct marker {
  uint8_t held[40];
  size_t have;
};

struct marker_result {
  enum mark mark; /* MARK_NONE when the input ended first */
  int32_t status; /* with MARK_PROMPT */
  size_t text;    /* so many bytes of text were written to `out`; they precede the mark */
};

/* Takes bytes from *in up to and with the next mark, and copies the text before it to `out`, which
 * has room for what is left of the input and for sizeof held. */
struct marker_result marker_scan(struct marker *m, const uint8_t **in, const uint8_t *end,
                                 uint8_t *out);
