/* Prints the strerror(3) of the C library that it is linked with, as C. More than half of musl's messages
   have other words ("Resource busy"), while readers know those of glibc ("Device or resource busy"). */
#include <stdio.h>
#include <string.h>

enum { LAST = 133 }; /* EHWPOISON, the last error number of Linux: errno(3) */

int main(void) {
  puts("#include <stdio.h>\n#include <locale.h>");
  puts("static const char *const messages[] = {");
  for (int number = 0; number <= LAST; number++) printf("  \"%s\",\n", strerror(number));
  puts("};");
  puts("char *strerror(int number) {");
  puts("  static char unknown[32];");
  printf("  if (number >= 0 && number <= %d) return (char *)messages[number];\n", LAST);
  puts("  sprintf(unknown, \"Unknown error %d\", number);");
  puts("  return unknown;");
  puts("}");
  puts("char *__strerror_l(int number, locale_t locale) { (void)locale; return strerror(number); }");
  puts("char *strerror_l(int number, locale_t locale) { (void)locale; return strerror(number); }");
}
