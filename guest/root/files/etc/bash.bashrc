# Read by every interactive bash, nested ones included. The marks in the prompts tell the agent when
# a command has begun and how it ended; it takes them out of the output (guest/agent/marker.h).
PS0='\e]course;C\a'
PS1='\e]course;P;$?\a\u@\h:\w\$ '
PS2='\e]course;M\a> '
# Nobody edits a line here: reading whole lines costs one system call instead of one a key.
set +o emacs
