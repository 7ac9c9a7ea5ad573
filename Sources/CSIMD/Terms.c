// Finding the terms of a text column that may be wanted, many at once: runs of letters and digits
// are found by bit masks, their first bytes are tested by table look-ups of half bytes.
#include "CSIMD.h"
#if defined(__x86_64__)
#include <immintrin.h>
#define AVX2 __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt")))
#endif

static inline size_t view_start(uint64_t view) { return (size_t)(view & 0xFFFFFFFFu); }
static inline size_t view_end(uint64_t view) { return view_start(view) + (size_t)(view >> 32); }

static inline bool is_term_byte(uint8_t c) {
  return (uint8_t)(c - '0') < 10 || (uint8_t)((c | 0x20) - 'a') < 26;
}

/// True where the bloom filter has the term that starts here.
static inline bool in_bloom(const uint8_t *place, const csimd_term_filter *filter) {
  uint32_t hash = csimd_term_hash(csimd_load32(place));
  return (filter->bloom[hash >> 3] >> (hash & 7)) & 1;
}

static inline bool passes(const uint8_t *place, const csimd_term_filter *filter) {
  uint8_t buckets = 0xFF;
  for (int k = 0; k < 3; k++) {
    buckets &= filter->low[k][place[k] & 15] & filter->high[k][place[k] >> 4];
  }
  return buckets && in_bloom(place, filter);
}

size_t csimd_collect_terms_portable(
  const uint8_t *heap, const uint64_t *views, size_t view_count, csimd_term_cursor *cursor,
  const csimd_term_filter *filter, uint64_t *places, size_t capacity
) {
  size_t written = 0;
  for (; cursor->view < view_count; cursor->view++, cursor->at = 0) {
    size_t start = view_start(views[cursor->view]), end = view_end(views[cursor->view]);
    size_t i = cursor->at > start ? cursor->at : start;
    for (; i < end; i++) {
      if (written + 64 > capacity) {
        cursor->at = i;
        return written;
      }
      if (heap[i] >= 0x80) {
        places[written++] = i | CSIMD_WIDE_PLACE;
      } else if (is_term_byte(heap[i]) && (i == start || !is_term_byte(heap[i - 1]))) {
        if (passes(heap + i, filter)) places[written++] = i;
      }
    }
  }
  return written;
}

#if defined(__x86_64__)
static inline uint64_t low_bits(size_t n) {
  return n >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << n) - 1;
}

/// The start or the end of the view at the cursor, whichever comes next.
static inline size_t next_edge(const uint64_t *views, size_t count, csimd_term_cursor *cursor) {
  if (cursor->view >= count) return SIZE_MAX;
  uint64_t view = views[cursor->view];
  return cursor->at_end ? view_end(view) : view_start(view);
}

static inline void skip_empty(const uint64_t *views, size_t count, csimd_term_cursor *cursor) {
  while (cursor->view < count && views[cursor->view] >> 32 == 0) cursor->view++;
}

/// The edges of views in at ..< at + 64 as bits; the cursor goes past them.
static inline uint64_t edge_bits(
  const uint64_t *views, size_t count, csimd_term_cursor *cursor, size_t at
) {
  uint64_t bits = 0;
  size_t edge;
  while ((edge = next_edge(views, count, cursor)) < at + 64) {
    if (edge >= at) bits |= (uint64_t)1 << (edge - at);
    if (!cursor->at_end) {
      cursor->at_end = true;
    } else {
      cursor->at_end = false;
      cursor->view++;
      skip_empty(views, count, cursor);
    }
  }
  return bits;
}

typedef struct {
  __m256i low[3], high[3];
} tables32;

/// Where in 32 bytes a letter or a digit is.
AVX2 static inline uint32_t term_mask32(__m256i block) {
  __m256i folded = _mm256_or_si256(block, _mm256_set1_epi8(0x20));
  // The range is moved to the least signed values, so that one compare tests both ends.
  __m256i letter = _mm256_cmpgt_epi8(
    _mm256_set1_epi8((char)(-128 + 26)),
    _mm256_sub_epi8(folded, _mm256_set1_epi8((char)('a' - 128))));
  __m256i digit = _mm256_cmpgt_epi8(
    _mm256_set1_epi8((char)(-128 + 10)),
    _mm256_sub_epi8(block, _mm256_set1_epi8((char)('0' - 128))));
  return (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(letter, digit));
}

/// Where in 32 bytes a wanted term may start, going by its first three bytes.
AVX2 static inline uint32_t head_mask32(
  const uint8_t *bytes, __m256i block, const tables32 *tables
) {
  const __m256i half = _mm256_set1_epi8(15);
  __m256i buckets = _mm256_set1_epi8(-1);
  for (int k = 0; k < 3; k++) {
    if (k > 0) block = _mm256_loadu_si256((const __m256i *)(bytes + k));
    __m256i low = _mm256_shuffle_epi8(tables->low[k], _mm256_and_si256(block, half));
    __m256i upper = _mm256_and_si256(_mm256_srli_epi16(block, 4), half);
    __m256i high = _mm256_shuffle_epi8(tables->high[k], upper);
    buckets = _mm256_and_si256(buckets, _mm256_and_si256(low, high));
  }
  __m256i none = _mm256_cmpeq_epi8(buckets, _mm256_setzero_si256());
  return ~(uint32_t)_mm256_movemask_epi8(none);
}

/// The first wide byte after each edge.
static inline uint64_t first_wide(uint64_t wide, uint64_t edges) {
  uint64_t marks = 0;
  while (wide) {
    unsigned bit = (unsigned)__builtin_ctzll(wide);
    marks |= (uint64_t)1 << bit;
    uint64_t later = edges & ~low_bits((size_t)bit + 1);
    wide = later ? wide & ~low_bits((size_t)__builtin_ctzll(later)) : 0;
  }
  return marks;
}

AVX2 static size_t collect_terms_avx2(
  const uint8_t *heap, const uint64_t *views, size_t view_count, csimd_term_cursor *cursor,
  const csimd_term_filter *filter, uint64_t *places, size_t capacity
) {
  size_t last = view_count;
  while (last > cursor->view && views[last - 1] >> 32 == 0) last--;
  size_t limit = last > 0 ? view_end(views[last - 1]) : 0;
  if (!cursor->at_end) skip_empty(views, last, cursor);
  size_t at = cursor->at, written = 0;
  if (at == 0 && cursor->view < last) at = view_start(views[cursor->view]);
  tables32 tables;
  for (int k = 0; k < 3; k++) {
    tables.low[k] = _mm256_broadcastsi128_si256(_mm_loadu_si128((const void *)filter->low[k]));
    tables.high[k] = _mm256_broadcastsi128_si256(_mm_loadu_si128((const void *)filter->high[k]));
  }
  uint64_t open = cursor->at > 0 && is_term_byte(heap[at - 1]);
  while (at < limit && written + 64 <= capacity) {
    const uint8_t *bytes = heap + at;
    uint8_t tail[96];
    if (limit - at < 8) {
      // The look at the next two bytes would leave the padding.
      memset(tail, 0, sizeof tail);
      memcpy(tail, heap + at, limit - at);
      bytes = tail;
    }
    __m256i first = _mm256_loadu_si256((const __m256i *)bytes);
    __m256i second = _mm256_loadu_si256((const __m256i *)(bytes + 32));
    uint64_t heads = head_mask32(bytes, first, &tables)
      | (uint64_t)head_mask32(bytes + 32, second, &tables) << 32;
    uint64_t mask = term_mask32(first) | (uint64_t)term_mask32(second) << 32;
    uint64_t wide = (uint32_t)_mm256_movemask_epi8(first)
      | (uint64_t)(uint32_t)_mm256_movemask_epi8(second) << 32;
    uint64_t edges = edge_bits(views, last, cursor, at);
    uint64_t found = heads & mask & (~(mask << 1 | open) | edges);
    open = mask >> 63;
    uint64_t marks = wide ? first_wide(wide & low_bits(limit - at), edges) : 0;
    found = (found & low_bits(limit - at)) | marks;
    for (; found; found &= found - 1) {
      size_t bit = (size_t)__builtin_ctzll(found);
      if ((marks >> bit) & 1) {
        places[written++] = (at + bit) | CSIMD_WIDE_PLACE;
      } else if (in_bloom(heap + at + bit, filter)) {
        places[written++] = at + bit;
      }
    }
    at += 64;
  }
  cursor->at = at;
  if (at >= limit) cursor->view = view_count;
  return written;
}
#endif

size_t csimd_collect_terms(
  const uint8_t *heap, const uint64_t *views, size_t view_count, csimd_term_cursor *cursor,
  const csimd_term_filter *filter, uint64_t *places, size_t capacity
) {
#if defined(__x86_64__)
  if (csimd_has_avx2())
    return collect_terms_avx2(heap, views, view_count, cursor, filter, places, capacity);
#endif
  return csimd_collect_terms_portable(heap, views, view_count, cursor, filter, places, capacity);
}
