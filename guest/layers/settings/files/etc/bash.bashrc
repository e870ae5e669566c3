# Read by every interactive bash, nested ones included. The marks in the prompts tell the agent how a
# command has ended; it takes them out of the output. They stand in the environment as well
# (guest/agent/marker.h); here they are for a bash that was started without one.
PS1=$'\e]course;P;$?\a$ \e]course;R;$?\a'
PS2=$'\e]course;M;$?\a> \e]course;R;$?\a'
# Nobody edits a line here: reading whole lines costs one system call instead of one a key.
set +o emacs
