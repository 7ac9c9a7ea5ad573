// Cutting a text column into terms: runs of letters, digits and bytes beyond ASCII.
#include "CSIMD.h"
#if defined(__x86_64__)
#include <immintrin.h>
#define AVX2 __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt")))
#endif

static inline size_t view_start(uint64_t view) { return (size_t)(view & 0xFFFFFFFFu); }
static inline size_t view_end(uint64_t view) { return view_start(view) + (size_t)(view >> 32); }

/// Decides on one run and writes it if it may be wanted; returns the new number of runs.
static inline size_t offer_run(
  const uint8_t *heap, size_t start, size_t end, bool wide, const csimd_term_filter *filter,
  uint32_t *runs, size_t written
) {
  size_t length = end - start;
  if (!wide) {
    if (!((filter->lengths >> (length < 63 ? length : 63)) & 1)) return written;
    uint32_t hash = csimd_term_hash(csimd_load64(heap + start), length);
    if (!((filter->bloom[hash >> 3] >> (hash & 7)) & 1)) return written;
  }
  runs[2 * written] = (uint32_t)start;
  runs[2 * written + 1] = (uint32_t)length | (wide ? 0x80000000u : 0);
  return written + 1;
}

static inline bool is_term_byte(uint8_t c) {
  return (uint8_t)(c - '0') < 10 || (uint8_t)((c | 0x20) - 'a') < 26 || c >= 0x80;
}

size_t csimd_collect_terms_portable(
  const uint8_t *heap, const uint64_t *views, size_t view_count, csimd_term_cursor *cursor,
  const csimd_term_filter *filter, uint32_t *runs, size_t capacity
) {
  size_t written = 0;
  while (cursor->view < view_count) {
    size_t end = view_end(views[cursor->view]);
    size_t i = view_start(views[cursor->view]);
    if (cursor->at > i && cursor->at <= end) i = cursor->at;
    while (i < end) {
      if (written + 64 > capacity) {
        cursor->at = i;
        return written;
      }
      if (!is_term_byte(heap[i])) { i++; continue; }
      size_t start = i;
      bool wide = false;
      while (i < end && is_term_byte(heap[i])) wide |= heap[i++] >= 0x80;
      written = offer_run(heap, start, i, wide, filter, runs, written);
    }
    cursor->at = end;
    cursor->view++;
  }
  return written;
}

#if defined(__x86_64__)
static inline uint64_t low_bits(size_t n) {
  return n >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << n) - 1;
}

/// Walks over the starts and ends of the views that are not empty, in ascending order.
typedef struct {
  const uint64_t *views;
  size_t count, view;
  bool at_end;
} edge_walk;

static inline size_t next_edge(const edge_walk *walk) {
  if (walk->view >= walk->count) return SIZE_MAX;
  uint64_t view = walk->views[walk->view];
  return walk->at_end ? view_end(view) : view_start(view);
}

static inline void skip_empty(edge_walk *walk) {
  while (walk->view < walk->count && walk->views[walk->view] >> 32 == 0) walk->view++;
}

static inline void pass_edge(edge_walk *walk) {
  if (!walk->at_end) {
    walk->at_end = true;
    return;
  }
  walk->at_end = false;
  walk->view++;
  skip_empty(walk);
}

/// The edges in at ..< at + 64 as bits; the walk goes past them.
static inline uint64_t edge_bits(edge_walk *walk, size_t at) {
  uint64_t bits = 0;
  for (size_t edge = next_edge(walk); edge < at + 64; edge = next_edge(walk)) {
    if (edge >= at) bits |= (uint64_t)1 << (edge - at);
    pass_edge(walk);
  }
  return bits;
}

/// Masks of 32 bytes: where a letter, a digit or a byte >= 0x80 is; where such a byte is.
AVX2 static inline uint32_t term_mask32(const uint8_t *bytes, uint32_t *wide) {
  __m256i block = _mm256_loadu_si256((const __m256i *)bytes);
  __m256i folded = _mm256_or_si256(block, _mm256_set1_epi8(0x20));
  // The range is moved to the least signed values, so that one compare tests both ends.
  __m256i letter = _mm256_cmpgt_epi8(
    _mm256_set1_epi8((char)(-128 + 26)),
    _mm256_sub_epi8(folded, _mm256_set1_epi8((char)('a' - 128))));
  __m256i digit = _mm256_cmpgt_epi8(
    _mm256_set1_epi8((char)(-128 + 10)),
    _mm256_sub_epi8(block, _mm256_set1_epi8((char)('0' - 128))));
  *wide = (uint32_t)_mm256_movemask_epi8(block);
  return (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(letter, digit)) | *wide;
}

AVX2 static size_t collect_terms_avx2(
  const uint8_t *heap, const uint64_t *views, size_t view_count, csimd_term_cursor *cursor,
  const csimd_term_filter *filter, uint32_t *runs, size_t capacity
) {
  size_t last = view_count;
  while (last > cursor->view && views[last - 1] >> 32 == 0) last--;
  edge_walk walk = { views, last, cursor->view, false };
  skip_empty(&walk);
  if (walk.view >= last) {
    cursor->view = view_count;
    return 0;
  }
  size_t limit = view_end(views[last - 1]);
  size_t at = view_start(views[walk.view]), start = 0, written = 0;
  if (cursor->at > at) at = cursor->at;
  bool open = false, open_wide = false;
  while (at < limit && written + 64 <= capacity) {
    uint32_t wide_low, wide_high;
    uint64_t mask = term_mask32(heap + at, &wide_low);
    mask |= (uint64_t)term_mask32(heap + at + 32, &wide_high) << 32;
    uint64_t wide = wide_low | (uint64_t)wide_high << 32;
    mask &= low_bits(limit - at);
    uint64_t edges = edge_bits(&walk, at);
    uint64_t before = mask << 1 | (uint64_t)open;
    uint64_t starts = mask & (~before | edges);
    uint64_t ends = before & (~mask | edges);
    while (open ? ends != 0 : starts != 0) {
      if (!open) {
        start = at + (size_t)__builtin_ctzll(starts);
        starts &= starts - 1;
        open_wide = false;
        open = true;
        continue;
      }
      size_t bit = (size_t)__builtin_ctzll(ends);
      ends &= ends - 1;
      size_t first = start > at ? start - at : 0;
      if (wide) open_wide |= ((wide & low_bits(bit)) >> first) != 0;
      written = offer_run(heap, start, at + bit, open_wide, filter, runs, written);
      open = false;
    }
    if (open && wide) open_wide |= (wide >> (start > at ? start - at : 0)) != 0;
    at += 64;
  }
  if (at >= limit) {
    if (open) written = offer_run(heap, start, limit, open_wide, filter, runs, written);
    cursor->view = view_count;
    return written;
  }
  cursor->at = open ? start : at;
  while (walk.view > cursor->view
    && (walk.view >= last || view_end(views[walk.view - 1]) > cursor->at
      || views[walk.view - 1] >> 32 == 0)) walk.view--;
  cursor->view = walk.view;
  return written;
}
#endif

size_t csimd_collect_terms(
  const uint8_t *heap, const uint64_t *views, size_t view_count, csimd_term_cursor *cursor,
  const csimd_term_filter *filter, uint32_t *runs, size_t capacity
) {
#if defined(__x86_64__)
  if (csimd_has_avx2())
    return collect_terms_avx2(heap, views, view_count, cursor, filter, runs, capacity);
#endif
  return csimd_collect_terms_portable(heap, views, view_count, cursor, filter, runs, capacity);
}
