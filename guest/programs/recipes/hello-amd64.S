/* Prints a line with the system calls write and exit of x86-64 (syscalls(2)). */
        .global _start
_start: mov     $1, %eax
        mov     $1, %edi
        lea     text(%rip), %rsi
        mov     $(end - text), %edx
        syscall
        mov     $60, %eax
        xor     %edi, %edi
        syscall
text:   .ascii  "hello from a 64-bit program\n"
end:
        .section .note.GNU-stack, "", @progbits
