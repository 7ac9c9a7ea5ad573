// Counting, case and validity of UTF-8 text. Plain loops: the compiler makes SIMD of them.
#include "CSIMD.h"

/// The bits 7 of 16 bytes, together.
static inline uint64_t high_bits16(const uint8_t *bytes) {
  return (csimd_load64(bytes) | csimd_load64(bytes + 8)) & 0x8080808080808080u;
}

bool csimd_is_ascii(const uint8_t *bytes, size_t count) {
  if (count < 8) {
    uint8_t any = 0;
    for (size_t i = 0; i < count; i++) any |= bytes[i];
    return any < 0x80;
  }
  if (count < 16) {
    uint64_t ends = csimd_load64(bytes) | csimd_load64(bytes + count - 8);
    return (ends & 0x8080808080808080u) == 0;
  }
  size_t i = 0;
  for (; i + 128 <= count; i += 128) {
    // A loop without a way out becomes SIMD.
    uint8_t any = 0;
    for (size_t k = 0; k < 128; k++) any |= bytes[i + k];
    if (any >= 0x80) return false;
  }
  uint64_t any = high_bits16(bytes + count - 16);
  for (; i + 16 <= count; i += 16) any |= high_bits16(bytes + i);
  return any == 0;
}

size_t csimd_count_scalars(const uint8_t *bytes, size_t count) {
  size_t total = 0;
  for (size_t i = 0; i < count; i++) total += (int8_t)bytes[i] > (int8_t)0xBF;
  return total;
}

size_t csimd_count_wide_scalars(const uint8_t *bytes, size_t count) {
  size_t total = 0;
  for (size_t i = 0; i < count; i++) total += bytes[i] >= 0xF0;
  return total;
}

size_t csimd_count_byte(const uint8_t *bytes, size_t count, uint8_t value) {
  size_t total = 0;
  size_t i = 0;
#if defined(__SSE2__)
  const __m128i wanted = _mm_set1_epi8((char)value);
  while (i + 64 <= count) {
    // Four counters of 8 bits a place hold 255 steps.
    size_t steps = (count - i) / 64;
    if (steps > 255) steps = 255;
    __m128i sums[4] = {_mm_setzero_si128(), _mm_setzero_si128(), _mm_setzero_si128(),
                       _mm_setzero_si128()};
    for (size_t step = 0; step < steps; step++, i += 64) {
      for (int k = 0; k < 4; k++) {
        __m128i block = _mm_loadu_si128((const __m128i *)(bytes + i + 16 * k));
        sums[k] = _mm_sub_epi8(sums[k], _mm_cmpeq_epi8(block, wanted));
      }
    }
    for (int k = 0; k < 4; k++) {
      __m128i pair = _mm_sad_epu8(sums[k], _mm_setzero_si128());
      total += (size_t)_mm_cvtsi128_si64(pair);
      total += (size_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(pair, pair));
    }
  }
#endif
  for (; i < count; i++) total += bytes[i] == value;
  return total;
}

bool csimd_lower_ascii(const uint8_t *source, uint8_t *target, size_t count) {
  uint8_t any = 0;
  for (size_t i = 0; i < count; i++) {
    uint8_t c = source[i];
    any |= c;
    target[i] = (uint8_t)(c | ((uint8_t)((uint8_t)(c - 'A') < 26) << 5));
  }
  return any < 0x80;
}

bool csimd_upper_ascii(const uint8_t *source, uint8_t *target, size_t count) {
  uint8_t any = 0;
  for (size_t i = 0; i < count; i++) {
    uint8_t c = source[i];
    any |= c;
    target[i] = (uint8_t)(c ^ ((uint8_t)((uint8_t)(c - 'a') < 26) << 5));
  }
  return any < 0x80;
}

/// The length of the well-formed sequence at bytes whose lead byte is >= 0x80, or 0.
static inline size_t sequence_length(const uint8_t *bytes, size_t left) {
  uint8_t lead = bytes[0];
  if (lead < 0xC2 || lead > 0xF4) return 0;
  size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (left < length) return 0;
  uint8_t low = 0x80, high = 0xBF;
  if (lead == 0xE0) low = 0xA0;
  if (lead == 0xED) high = 0x9F;
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xF4) high = 0x8F;
  if (bytes[1] < low || bytes[1] > high) return 0;
  for (size_t i = 2; i < length; i++) {
    if ((bytes[i] & 0xC0) != 0x80) return 0;
  }
  return length;
}

bool csimd_is_utf8(const uint8_t *bytes, size_t count) {
  size_t i = 0;
  while (i < count) {
    if (bytes[i] < 0x80) {
      if (i + 16 <= count && csimd_is_ascii(bytes + i, 16)) i += 16;
      else i++;
      continue;
    }
    size_t length = sequence_length(bytes + i, count - i);
    if (length == 0) return false;
    i += length;
  }
  return true;
}
