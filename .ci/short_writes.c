/* Lets writes to regular files be short: the call number SHORT_AT of the process (0: every call,
   -1: none) writes half of what it was given, for real. The file SHORT_LOG gets a byte for each
   call that was cut, or that might have been where none is. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_long calls;

static size_t shortened(int file, size_t count) {
  const char *at = getenv("SHORT_AT"), *log = getenv("SHORT_LOG");
  struct stat status;
  if (!at || count < 2 || fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) return count;
  long number = atomic_fetch_add(&calls, 1) + 1, wanted = atol(at);
  if (wanted > 0 && wanted != number) return count;
  int note = log ? open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644) : -1;
  if (note >= 0) {
    ssize_t (*real)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
    real(note, "+", 1);
    close(note);
  }
  return wanted < 0 ? count : count / 2;
}

ssize_t write(int file, const void *bytes, size_t count) {
  ssize_t (*real)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
  return real(file, bytes, shortened(file, count));
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t place) {
  ssize_t (*real)(int, const void *, size_t, off_t) = dlsym(RTLD_NEXT, "pwrite");
  return real(file, bytes, shortened(file, count), place);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t place) {
  ssize_t (*real)(int, const void *, size_t, off64_t) = dlsym(RTLD_NEXT, "pwrite64");
  return real(file, bytes, shortened(file, count), place);
}
