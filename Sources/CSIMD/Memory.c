#define _GNU_SOURCE
#include "CSIMD.h"
#include <malloc.h>
#include <sys/mman.h>

_Thread_local void *csimd_thread_account;
_Thread_local void *csimd_thread_meter;

void csimd_configure_allocator(void) {
  mallopt(M_ARENA_MAX, 4);
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
  mallopt(M_TRIM_THRESHOLD, 8 << 20);
}

void csimd_trim_allocator(void) { malloc_trim(0); }

void *csimd_move_pages(void *start, size_t old_count, size_t new_count) {
  void *moved = mremap(start, old_count, new_count, MREMAP_MAYMOVE);
  return moved == MAP_FAILED ? NULL : moved;
}

size_t csimd_usable_count(void *block) { return malloc_usable_size(block); }
