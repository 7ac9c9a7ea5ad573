#define _GNU_SOURCE
#include "CSIMD.h"
#include <malloc.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

_Thread_local void *csimd_thread_account;
_Thread_local void *csimd_thread_meter;

void csimd_configure_allocator(void) {
  mallopt(M_ARENA_MAX, 4);
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
  mallopt(M_TRIM_THRESHOLD, 8 << 20);
}

void csimd_trim_allocator(void) { malloc_trim(0); }

size_t csimd_anonymous_bytes(void) {
  FILE *file = fopen("/proc/self/statm", "re");
  if (!file) return 0;
  size_t resident = 0, shared = 0;
  int found = fscanf(file, "%*u %zu %zu", &resident, &shared);
  fclose(file);
  if (found != 2 || shared > resident) return 0;
  return (resident - shared) * (size_t)sysconf(_SC_PAGESIZE);
}

void *csimd_move_pages(void *start, size_t old_count, size_t new_count) {
  void *moved = mremap(start, old_count, new_count, MREMAP_MAYMOVE);
  return moved == MAP_FAILED ? NULL : moved;
}

size_t csimd_usable_count(void *block) { return malloc_usable_size(block); }
