# Read by every interactive bash, nested ones included. The marks tell the agent where a prompt begins and ends,
# how a command has ended, and, in PS0, that one begins to run; it takes them out of the output. Those of PS1 and
# PS2 stand in the environment as well (guest/agent/marker.h); here they are for a bash that was started without one.
PS0=$'\e]course;X;$?\a'
PS1=$'\e]course;P;$?\a$ \e]course;R;$?\a'
PS2=$'\e]course;M;$?\a> \e]course;R;$?\a'

# The words that the Tab key completes are read at its first press.
_read_completions() {
  . /usr/share/bash-completion/bash_completion
  _completion_loader "$@" # its status, 124, makes bash try again, see bash(1)
}
complete -D -F _read_completions

# In a terminal, where a person types, a line says why a usual program is missing. In a cell, which has no echo, the
# message is bash's alone.
command_not_found_handle() {
  local why
  echo "bash: $1: command not found" >&2
  case $1 in
    apt | apt-get | aptitude | dpkg | snap | yum | dnf | apk | pip | pip3 | npm)
      why='nothing can be installed, since this machine is connected to no network' ;;
    curl | wget | ssh | scp | git | dig | nslookup | telnet | ftp | skopeo)
      why='this machine is connected to no network; nc and socat can connect to programs on it' ;;
    systemctl | journalctl | service | systemd-* | loginctl | hostnamectl | timedatectl)
      why='systemd does not run here: process 1 starts the shells of the page' ;;
    python | python3 | perl | ruby | node | gcc | cc | g++ | make | go | rustc | cargo)
      why='it would make the download of this machine much larger; bash, awk and jq are here' ;;
    docker | dockerd | podman | containerd | ctr | nerdctl | runc | kubectl | buildah)
      why='of the container runtimes, crun and LXC are here' ;;
    *) return 127 ;;
  esac
  case " $(stty --all --file=/dev/tty 2> /dev/null) " in *' echo '*) echo "($1 is missing: $why.)" >&2 ;; esac
  return 127
}
