/** The image "course", which every page runs. */
import type { ImageRecipe } from '../image-recipe.ts';

export const image: ImageRecipe = {
  // Enough for the whole course, except Docker Engine.
  memory: 128,
  limit: 34,
  kernelOptions: [
    'console=ttyS0',
    'quiet',
    // The engine has no second clock to check this one against.
    'tsc=reliable',
    'random.trust_cpu=on',
    'cgroup_no_v1=all',
    // Until the agent switches it off, the kernel zeroes freed memory, which keeps it out of the snapshot.
    'init_on_free=1',
  ],
  root: {
    device: 'sda',
    layers: ['modules', 'base', 'tools', 'network', 'lxc', 'programs', 'manual', 'settings'],
    // Each program of LXC contains all of its library.
    partMebibytes: { lxc: 8 },
  },
  scratch: { label: 'scratch', mebibytes: 64 },
  prepare: [
    // Otherwise the kernel reads more of each file than is used.
    'echo 4 > /sys/block/sda/queue/read_ahead_kb; sync; echo 3 > /proc/sys/vm/drop_caches',
    'uname --kernel-name --kernel-release --machine',
    'ps -o pid,comm -p 1',
    // A command that is built into the shell uses other pages of it.
    'true',
    'echo 128 > /sys/block/sda/queue/read_ahead_kb',
  ],
  recorded: [
    'ps -o pid,comm -p 1; ls /proc/1/ns; cat /proc/version; hostname; id; date; dmesg > /dev/null',
    'unshare --fork --pid --mount-proc bash -i -c "ps -ef; kill -0 1"; true',
    'unshare --uts --mount --ipc --net --user --map-root-user true; nsenter --help | head -1',
    'lsns; free -m; findmnt > /dev/null; sh -c true; grep NSpid /proc/self/status; sleep 0.1 & wait',
    'ip -brief link; crun --version > /dev/null',
  ],
};
