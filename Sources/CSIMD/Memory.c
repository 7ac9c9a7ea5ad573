#include "CSIMD.h"
#include <malloc.h>

_Thread_local void *csimd_thread_account;
_Thread_local void *csimd_thread_meter;

void csimd_configure_allocator(void) {
  mallopt(M_ARENA_MAX, 4);
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
  mallopt(M_TRIM_THRESHOLD, 8 << 20);
}

void csimd_trim_allocator(void) { malloc_trim(0); }
