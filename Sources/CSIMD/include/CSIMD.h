#ifndef HARRIER_CSIMD_H
#define HARRIER_CSIMD_H
#include <stdint.h>
#include <stddef.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// Bit i is set where bytes[i] equals value, for 16 readable bytes.
static inline uint32_t csimd_equal_mask16(const uint8_t *bytes, uint8_t value) {
#if defined(__SSE2__)
  __m128i block = _mm_loadu_si128((const __m128i *)bytes);
  return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(block, _mm_set1_epi8((char)value)));
#else
  uint32_t mask = 0;
  for (int i = 0; i < 16; i++) mask |= (uint32_t)(bytes[i] == value) << i;
  return mask;
#endif
}

/// Compares bytes as memcmp does: negative, zero or positive.
static inline int csimd_compare(const uint8_t *left, const uint8_t *right, size_t count) {
  return memcmp(left, right, count);
}

#endif
