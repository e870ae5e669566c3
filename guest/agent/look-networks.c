#define _GNU_SOURCE
#include "look.h"
#include "report.h"
#include "unseen.h"
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/ethtool.h>
#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The maximum number of links in a report, and of numbers in the statistics of a device. */
enum { LINKS = 512, STATISTICS = 256 };

static int line;   /* the netlink socket in the namespace */
static int links;  /* how many more this report may have */
static bool whole; /* no link was left out */
static bool room;  /* the text had room for all lines */

static void end_line(void) {
  if (!report_end_line()) room = false;
}

static int ask_driver(struct ifreq *request, void *data) {
  request->ifr_data = data;
  return ioctl(line, SIOCETHTOOL, request);
}

/* The index of the other end of a veth, which is its first statistic; 0 if it is unknown. RTM_GETLINK would
 * also report it, but assigns a number to the namespace of the other end, which ip(8) then prints. */
static uint64_t peer_of(struct ifreq *request, uint32_t count) {
  static uint64_t numbers[1 + STATISTICS]; /* the head has the size of one number */
  struct ethtool_stats *head = (struct ethtool_stats *)numbers;
  head->cmd = ETHTOOL_GSTATS;
  head->n_stats = count;
  if (!count || count > STATISTICS || ask_driver(request, head)) return 0;
  return numbers[1];
}

/* Handles the kernel's answer about statistics, of which it uses only the index. */
static void take_link(const struct nlmsghdr *message) {
  const struct if_stats_msg *body = NLMSG_DATA(message);
  struct ifreq request = {.ifr_ifindex = (int)body->ifindex};
  struct ethtool_drvinfo driver = {.cmd = ETHTOOL_GDRVINFO};
  if (links == 0) whole = false;
  if (links == 0 || ioctl(line, SIOCGIFNAME, &request)) return;
  links--;
  char name[IFNAMSIZ + 1] = "";
  memcpy(name, request.ifr_name, IFNAMSIZ);
  int flags = ioctl(line, SIOCGIFFLAGS, &request) ? 0 : request.ifr_flags;
  bool known = !ask_driver(&request, &driver);
  driver.driver[sizeof driver.driver - 1] = 0;
  uint64_t peer = known && !strcmp(driver.driver, "veth") ? peer_of(&request, driver.n_stats) : 0;
  report_add("l\t%u\t%d\t%u\t", body->ifindex, (flags & IFF_UP) != 0, (unsigned)peer);
  report_add_name(known ? driver.driver : "");
  report_add_text("\t");
  report_add_name(name);
  end_line();
}

/* Finds the attributes that follow the body of a message, by their types below `count`; NULL if absent. */
static void read_attributes(const struct nlmsghdr *message, size_t body, const void *found[], size_t count) {
  const char *at = (const char *)message + NLMSG_SPACE(body),
             *end = (const char *)message + message->nlmsg_len;
  for (size_t i = 0; i < count; i++) found[i] = NULL;
  while (end - at >= (ptrdiff_t)sizeof(struct rtattr)) {
    const struct rtattr *attribute = (const struct rtattr *)at;
    if (attribute->rta_len < sizeof *attribute || attribute->rta_len > end - at) return;
    if (attribute->rta_type < count) found[attribute->rta_type] = RTA_DATA(attribute);
    at += RTA_ALIGN(attribute->rta_len);
  }
}

/* Handles the kernel's answer about a port of a bridge, or about the bridge itself. */
static void take_port(const struct nlmsghdr *message) {
  const struct ifinfomsg *body = NLMSG_DATA(message);
  const void *found[IFLA_MASTER + 1];
  read_attributes(message, sizeof *body, found, IFLA_MASTER + 1);
  if (!found[IFLA_MASTER]) return;
  int master = *(const int *)found[IFLA_MASTER];
  if (master == body->ifi_index) return;
  report_add("p\t%d\t%d", body->ifi_index, master);
  end_line();
}

static void take_address(const struct nlmsghdr *message) {
  const struct ifaddrmsg *body = NLMSG_DATA(message);
  const void *found[IFA_LOCAL + 1];
  char address[INET6_ADDRSTRLEN];
  read_attributes(message, sizeof *body, found, IFA_LOCAL + 1);
  const void *own = found[IFA_LOCAL] ? found[IFA_LOCAL] : found[IFA_ADDRESS];
  if (!own || (body->ifa_family != AF_INET && body->ifa_family != AF_INET6)) return;
  if (!inet_ntop(body->ifa_family, own, address, sizeof address)) return;
  report_add("a\t%u\t%s/%d", body->ifa_index, address, body->ifa_prefixlen);
  end_line();
}

/* Asks the kernel for a list, and calls `take` with each of its messages of at least `least` bytes. */
static void ask(uint16_t type, const void *body, size_t size, size_t least,
                void (*take)(const struct nlmsghdr *)) {
  static struct {
    struct nlmsghdr head;
    char body[4096 - sizeof(struct nlmsghdr)];
  } message;
  message.head = (struct nlmsghdr){NLMSG_LENGTH(size), type, NLM_F_REQUEST | NLM_F_DUMP, 0, 0};
  memcpy(message.body, body, size);
  if (send(line, &message, message.head.nlmsg_len, 0) < 0) return;
  /* The kernel answers at once, so the agent need not wait for the answer. */
  for (ssize_t got; room && (got = recv(line, &message, sizeof message, MSG_DONTWAIT)) > 0;) {
    const struct nlmsghdr *at = &message.head;
    for (unsigned left = (unsigned)got; NLMSG_OK(at, left); at = NLMSG_NEXT(at, left)) {
      if (at->nlmsg_type == NLMSG_DONE || at->nlmsg_type == NLMSG_ERROR) return;
      if (at->nlmsg_len >= NLMSG_LENGTH(least)) take(at);
    }
  }
}

/* Adds the links of the namespace in which the agent is. None of these requests makes the kernel load a
 * module or assign a number to another namespace. */
static void add_links(void) {
  static const struct if_stats_msg every = {.filter_mask = IFLA_STATS_FILTER_BIT(IFLA_STATS_AF_SPEC)};
  static const struct ifinfomsg bridges = {.ifi_family = AF_BRIDGE};
  static const struct ifaddrmsg addresses = {.ifa_family = AF_UNSPEC};
  line = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  if (line < 0) return;
  ask(RTM_GETSTATS, &every, sizeof every, sizeof every, take_link);
  ask(RTM_GETLINK, &bridges, sizeof bridges, sizeof bridges, take_port);
  ask(RTM_GETADDR, &addresses, sizeof addresses, sizeof addresses, take_address);
  close(line);
}

/* Allows or forbids the loading of modules. If the caller may load them, the kernel starts modprobe(8) for a
 * name that no link has any more; see dev_load() in net/core/dev_ioctl.c. */
static void may_load_modules(bool may) {
  static struct __user_cap_data_struct all[_LINUX_CAPABILITY_U32S_3];
  struct __user_cap_header_struct head = {_LINUX_CAPABILITY_VERSION_3, 0};
  if (may) {
    syscall(SYS_capset, &head, all);
    return;
  }
  syscall(SYS_capget, &head, all);
  struct __user_cap_data_struct fewer[_LINUX_CAPABILITY_U32S_3];
  memcpy(fewer, all, sizeof fewer);
  fewer[0].effective &= ~((1u << CAP_NET_ADMIN) | (1u << CAP_SYS_MODULE));
  syscall(SYS_capset, &head, fewer);
}

/* Adds a namespace, unless the process has left it. No other process may run in the meantime, because the
 * agent itself is in that namespace. */
static void add_network(int own, const struct network *network) {
  char path[32];
  struct stat info;
  snprintf(path, sizeof path, "/proc/%d/ns/net", network->pid);
  begin_unseen();
  int other = open_quietly(AT_FDCWD, path);
  if (other >= 0 && !fstat(other, &info) && info.st_ino == network->number && !setns(other, CLONE_NEWNET)) {
    report_add("n\t%lu", network->number);
    end_line();
    may_load_modules(false);
    add_links();
    may_load_modules(true);
    setns(own, CLONE_NEWNET);
  }
  if (other >= 0) close(other);
  end_unseen();
}

bool look_at_networks(void) {
  const struct network *networks;
  int count = found_networks(&networks);
  int own = open_quietly(AT_FDCWD, "/proc/self/ns/net");
  whole = room = true;
  links = LINKS;
  for (int i = 0; i < count && own >= 0 && room; i++) add_network(own, networks + i);
  if (own >= 0) close(own);
  return whole && room;
}
