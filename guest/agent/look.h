/* Reads the kernel's objects. Each function adds one part of a report to the text of report.h, and
 * returns false if it left some objects out. frame.h describes the lines. */
#pragma once
#include <stdbool.h>
#include <sys/types.h>

/* The maximum number of processes in a report. */
enum { PROCESSES = 256 };

/* Adds process 1 and all its descendants, but no kernel threads. If there is no room for all, adds those
 * nearest to process 1. */
bool look_at_processes(void);
/* Adds the control groups. If there is no room for all, adds those nearest to the root. */
bool look_at_groups(void);
/* Adds the network namespaces of the processes that the last call of look_at_processes() found. */
bool look_at_networks(void);
/* Adds the mounts that a process sees; only its PID if the process has ended. */
bool look_at_mounts(pid_t pid);

/* Keeps the agent's own mount of the control groups, outside all mount namespaces, because readers may
 * unmount or cover theirs. Returns a negative number on failure. */
int keep_groups(void);

/* A network namespace, and a process that is in it. */
struct network {
  unsigned long number;
  pid_t pid;
};
/* Sets *networks to the different network namespaces of those processes, and returns their number. */
int found_networks(const struct network **networks);
