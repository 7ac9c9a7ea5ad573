// Byte kernels whose bulk is moved with SIMD. Each has a portable twin, and an AVX2 form that is
// chosen at run time where the machine has it.
#include "CSIMD.h"
#if defined(__x86_64__)
#include <immintrin.h>
#define AVX2 __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt")))
#endif

bool csimd_has_avx2(void) {
#if defined(__x86_64__)
  static int known = 0;
  int answer = __atomic_load_n(&known, __ATOMIC_RELAXED);
  if (answer == 0) {
    __builtin_cpu_init();
    bool has = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
    answer = has ? 2 : 1;
    __atomic_store_n(&known, answer, __ATOMIC_RELAXED);
  }
  return answer == 2;
#else
  return false;
#endif
}

/// The lowest n bits, all of them from 64 on.
static inline uint64_t low_bits(size_t n) {
  return n >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << n) - 1;
}

static inline bool passes(const uint8_t *place, csimd_pair pair) {
  uint8_t a = place[0], b = place[pair.distance];
  return (a == pair.first || a == pair.first_other)
    && (b == pair.second || b == pair.second_other);
}

// MARK: First place

size_t csimd_find_pair_portable(const uint8_t *bytes, size_t count, csimd_pair pair) {
  for (size_t i = 0; i < count; i++) {
    if (passes(bytes + i, pair)) return i;
  }
  return count;
}

#if defined(__SSE2__)
typedef struct {
  __m128i first, first_other, second, second_other;
} pair16;

static inline pair16 splat16(csimd_pair pair) {
  pair16 wide = {
    _mm_set1_epi8((char)pair.first), _mm_set1_epi8((char)pair.first_other),
    _mm_set1_epi8((char)pair.second), _mm_set1_epi8((char)pair.second_other),
  };
  return wide;
}

static inline uint32_t pair_mask16(const uint8_t *place, size_t distance, const pair16 *wide) {
  __m128i a = _mm_loadu_si128((const __m128i *)place);
  __m128i b = _mm_loadu_si128((const __m128i *)(place + distance));
  a = _mm_or_si128(_mm_cmpeq_epi8(a, wide->first), _mm_cmpeq_epi8(a, wide->first_other));
  b = _mm_or_si128(_mm_cmpeq_epi8(b, wide->second), _mm_cmpeq_epi8(b, wide->second_other));
  return (uint32_t)_mm_movemask_epi8(_mm_and_si128(a, b));
}
#endif

size_t csimd_find_pair_baseline(const uint8_t *bytes, size_t count, csimd_pair pair) {
#if defined(__SSE2__)
  if (count < 16) return csimd_find_pair_portable(bytes, count, pair);
  pair16 wide = splat16(pair);
  size_t i = 0;
  for (; i + 16 <= count; i += 16) {
    uint32_t mask = pair_mask16(bytes + i, pair.distance, &wide);
    if (mask) return i + (size_t)__builtin_ctz(mask);
  }
  if (i == count) return count;
  i = count - 16;
  uint32_t mask = pair_mask16(bytes + i, pair.distance, &wide);
  return mask ? i + (size_t)__builtin_ctz(mask) : count;
#else
  return csimd_find_pair_portable(bytes, count, pair);
#endif
}

#if defined(__x86_64__)
typedef struct {
  __m256i first, first_other, second, second_other;
} pair32;

AVX2 static inline pair32 splat32(csimd_pair pair) {
  pair32 wide = {
    _mm256_set1_epi8((char)pair.first), _mm256_set1_epi8((char)pair.first_other),
    _mm256_set1_epi8((char)pair.second), _mm256_set1_epi8((char)pair.second_other),
  };
  return wide;
}

AVX2 static inline __m256i pair_hits32(
  const uint8_t *place, size_t distance, const pair32 *wide
) {
  __m256i a = _mm256_loadu_si256((const __m256i *)place);
  __m256i b = _mm256_loadu_si256((const __m256i *)(place + distance));
  a = _mm256_or_si256(
    _mm256_cmpeq_epi8(a, wide->first), _mm256_cmpeq_epi8(a, wide->first_other));
  b = _mm256_or_si256(
    _mm256_cmpeq_epi8(b, wide->second), _mm256_cmpeq_epi8(b, wide->second_other));
  return _mm256_and_si256(a, b);
}

AVX2 static size_t find_pair_avx2(const uint8_t *bytes, size_t count, csimd_pair pair) {
  if (count < 32) return csimd_find_pair_baseline(bytes, count, pair);
  pair32 wide = splat32(pair);
  size_t i = 0;
  for (; i + 32 <= count; i += 32) {
    uint32_t mask = (uint32_t)_mm256_movemask_epi8(pair_hits32(bytes + i, pair.distance, &wide));
    if (mask) return i + (size_t)__builtin_ctz(mask);
  }
  if (i == count) return count;
  i = count - 32;
  uint32_t mask = (uint32_t)_mm256_movemask_epi8(pair_hits32(bytes + i, pair.distance, &wide));
  return mask ? i + (size_t)__builtin_ctz(mask) : count;
}
#endif

size_t csimd_find_pair(const uint8_t *bytes, size_t count, csimd_pair pair) {
#if defined(__x86_64__)
  if (csimd_has_avx2()) return find_pair_avx2(bytes, count, pair);
#endif
  return csimd_find_pair_baseline(bytes, count, pair);
}

// MARK: All places

size_t csimd_collect_pairs_portable(
  const uint8_t *bytes, size_t from, size_t count, csimd_pair pair,
  uint32_t *places, size_t capacity, size_t *next
) {
  size_t written = 0, i = from;
  for (; i < count && written + 64 <= capacity; i++) {
    if (passes(bytes + i, pair)) places[written++] = (uint32_t)i;
  }
  *next = i < count ? i : count;
  return written;
}

/// Writes the places of a mask of 64 bits that lie below count; returns the new number written.
static inline size_t write_places(
  uint64_t mask, size_t at, size_t count, uint32_t *places, size_t written
) {
  mask &= low_bits(count - at);
  while (mask) {
    places[written++] = (uint32_t)(at + (size_t)__builtin_ctzll(mask));
    mask &= mask - 1;
  }
  return written;
}

size_t csimd_collect_pairs_baseline(
  const uint8_t *bytes, size_t from, size_t count, csimd_pair pair,
  uint32_t *places, size_t capacity, size_t *next
) {
#if defined(__SSE2__)
  pair16 wide = splat16(pair);
  size_t written = 0, i = from;
  while (i < count && written + 64 <= capacity) {
    uint64_t mask = pair_mask16(bytes + i, pair.distance, &wide);
    mask |= (uint64_t)pair_mask16(bytes + i + 16, pair.distance, &wide) << 16;
    if (mask) written = write_places(mask, i, count, places, written);
    i += 32;
  }
  *next = i < count ? i : count;
  return written;
#else
  return csimd_collect_pairs_portable(bytes, from, count, pair, places, capacity, next);
#endif
}

#if defined(__x86_64__)
AVX2 static size_t collect_pairs_avx2(
  const uint8_t *bytes, size_t from, size_t count, csimd_pair pair,
  uint32_t *places, size_t capacity, size_t *next
) {
  pair32 wide = splat32(pair);
  size_t written = 0, i = from;
  while (i < count && written + 64 <= capacity) {
    __m256i low = pair_hits32(bytes + i, pair.distance, &wide);
    __m256i high = pair_hits32(bytes + i + 32, pair.distance, &wide);
    __m256i either = _mm256_or_si256(low, high);
    if (!_mm256_testz_si256(either, either)) {
      uint64_t mask = (uint32_t)_mm256_movemask_epi8(low)
        | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
      written = write_places(mask, i, count, places, written);
    }
    i += 64;
  }
  *next = i < count ? i : count;
  return written;
}
#endif

size_t csimd_collect_pairs(
  const uint8_t *bytes, size_t from, size_t count, csimd_pair pair,
  uint32_t *places, size_t capacity, size_t *next
) {
#if defined(__x86_64__)
  if (csimd_has_avx2())
    return collect_pairs_avx2(bytes, from, count, pair, places, capacity, next);
#endif
  return csimd_collect_pairs_baseline(bytes, from, count, pair, places, capacity, next);
}
