/* Runs the script that was compiled in with a perl that was, too, so that /proc/PID/exe names this file: the real antctl
   knows a node by nothing else. The script's modules come from the perl-base of the machine, of the same release. */
#define _GNU_SOURCE
#include <EXTERN.h>
#include <perl.h>
#include <stdio.h>
#include <sys/mman.h>

__asm__(".section .rodata\n"
        "script_begin:\n"
        ".incbin \"" SCRIPT "\"\n"
        "script_end:\n"
        ".previous\n");
extern const char script_begin[], script_end[];

EXTERN_C void boot_DynaLoader(pTHX_ CV *cv);

static void boot_modules(pTHX) {
  newXS("DynaLoader::boot_DynaLoader", boot_DynaLoader, __FILE__);
}

/* A file without a name, for perl to read the script and the data at its end from. */
static int script_file(void) {
  int file = memfd_create("stand-in", 0);
  size_t left = script_end - script_begin;
  const char *from = script_begin;
  while (file >= 0 && left > 0) {
    ssize_t written = write(file, from, left);
    if (written < 0) {
      return -1;
    }
    from += written;
    left -= written;
  }
  return file;
}

int main(int argc, char **argv, char **env) {
  static char own_path[4096];
  char script[64];
  int file = script_file();
  if (file < 0 || readlink("/proc/self/exe", own_path, sizeof own_path - 1) < 0) {
    perror(argv[0]);
    return 1;
  }
  snprintf(script, sizeof script, "/proc/self/fd/%d", file);
  char **words = calloc(argc + 2, sizeof *words);
  words[0] = argv[0];
  words[1] = script;
  memcpy(words + 2, argv + 1, (argc - 1) * sizeof *words);
  int count = argc + 1;

  PERL_SYS_INIT3(&count, &words, &env);
  PerlInterpreter *my_perl = perl_alloc(); /* the name that the macros of perl.h expect */
  perl_construct(my_perl);
  PL_exit_flags |= PERL_EXIT_DESTRUCT_END;
  int code = perl_parse(my_perl, boot_modules, count, words, env);
  if (code == 0) {
    close(file);
    sv_setpv(get_sv("0", GV_ADD), own_path); /* without its magic, which would write over argv */
    code = perl_run(my_perl);
  }
  int last = perl_destruct(my_perl);
  code = last != 0 ? last : code;
  perl_free(my_perl);
  PERL_SYS_TERM();
  return code;
}
