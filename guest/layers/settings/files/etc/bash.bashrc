# Read by every interactive bash, nested ones included. The marks tell the agent where a prompt begins and ends,
# how a command has ended, and, in PS0, that one begins to run; it takes them out of the output. Those of PS1 and
# PS2 stand in the environment as well (guest/agent/marker.h); here they are for a bash that was started without one.
PS0=$'\e]course;X;$?\a'
PS1=$'\e]course;P;$?\a$ \e]course;R;$?\a'
PS2=$'\e]course;M;$?\a> \e]course;R;$?\a'
