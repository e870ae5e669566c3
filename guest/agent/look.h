/* The looks at the kernel's objects. Each function adds one part of a report to the text of report.h, and
 * returns false if it left some objects out. frame.h describes the lines. */
#pragma once
#include <stdbool.h>
#include <sys/types.h>

/* The most processes in a report. */
enum { PROCESSES = 256 };

/* Process 1 and all its descendants; kernel threads are not among them. If there is no room for all, those
 * nearest to process 1. */
bool look_at_processes(void);
/* The control groups. If there is no room for all, those nearest to the root. */
bool look_at_groups(void);
/* The network namespaces of the processes that the last call of look_at_processes() found. */
bool look_at_networks(void);
/* The mounts that a process sees; only its PID if it has ended. */
bool look_at_mounts(pid_t pid);

/* Keeps a mount of its own of the control groups, which is in no namespace, so that readers may unmount or
 * cover theirs. Returns a negative number if that fails. */
int keep_groups(void);

/* A network namespace, and a process that is in it. */
struct network {
  unsigned long number;
  pid_t pid;
};
/* The different network namespaces of those processes. */
int found_networks(const struct network **networks);
