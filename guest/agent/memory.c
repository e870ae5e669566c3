#include "memory.h"
#include <fcntl.h>
#include <unistd.h>

void stop_zeroing(void) {
  int fd = open("/proc/sys/vm/init_on_free", O_WRONLY | O_CLOEXEC);
  if (fd < 0) return;
  (void)!write(fd, "0", 1);
  close(fd);
}
