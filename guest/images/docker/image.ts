/** The image "docker": the course's system with Docker Engine, which runs in its snapshot. */
import type { ImageRecipe } from '../image-recipe.ts';
import { image as course } from '../course/image.ts';

/** The cgroup in which a service manager such as systemd creates the cgroups of its services. */
const SERVICES = '/sys/fs/cgroup/system.slice';

/**
 * Starts a daemon as a service manager does, in a session and a cgroup of its own. In the root cgroup, dockerd would
 * find no memory.swap.max, and would set no swap limit for containers. Both daemons are written in Go. With these
 * settings, Go does not interrupt its threads, and collects garbage less often (docs/levers.md).
 */
const start = (daemon: string, service: string): string =>
  `mkdir ${SERVICES}/${service}.service; ` +
  `(echo 0 > ${SERVICES}/${service}.service/cgroup.procs; ` +
  `GODEBUG=asyncpreemptoff=1 GOGC=400 exec setsid ${daemon} > /var/log/${daemon}.log 2>&1) &`;

export const image: ImageRecipe = {
  ...course,
  extends: 'course',
  // The engine takes 50 MiB with the pages of its programs. The rest is for containers.
  memory: 160,
  limit: 72,
  root: {
    ...course.root,
    layers: [...course.root.layers, 'docker'],
    // A page that a command needs and the snapshot lacks costs one part, so the parts are small.
    partMebibytes: { ...course.root.partMebibytes, docker: 0.25 },
  },
  prepare: [
    'echo 4 > /sys/block/sda/queue/read_ahead_kb',
    `mkdir ${SERVICES}; for g in /sys/fs/cgroup ${SERVICES}; do echo +cpu +io +memory +pids > $g/cgroup.subtree_control; done`,
    `${start('containerd', 'containerd')} until [ -S /run/containerd/containerd.sock ]; do sleep 0.1; done`,
    `${start('dockerd', 'docker')} until grep -q 'API listen' /var/log/dockerd.log; do sleep 0.1; done`,
    'docker load --quiet --input /usr/share/course/docker-images.tar',
    'sync; echo 3 > /proc/sys/vm/drop_caches',
    // Twice, since a second run uses other pages of the programs.
    ...[1, 2].flatMap(() => [
      'docker ps',
      'docker run --rm busybox true',
      'docker run --rm --network none busybox true',
    ]),
    'docker run --detach --name prepare busybox sleep 100; docker exec prepare true; docker ps',
    'docker rm --force prepare; docker run --rm busybox true',
    'uname --kernel-name --kernel-release --machine; ps -o pid,comm -p 1; true',
    'echo 128 > /sys/block/sda/queue/read_ahead_kb',
  ],
  recorded: [
    'docker version; docker info; docker images; docker inspect busybox',
    'docker run --rm busybox ip address',
    'docker run --detach --publish 8080:80 --name prepare web; docker top prepare; docker logs prepare',
    'docker network create prepare; docker network ls; docker history web; docker rm --force prepare',
  ],
};
