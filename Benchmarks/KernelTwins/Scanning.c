// Twins of decoding, selecting, gathering and folding.
#include "KernelTwins.h"
#include <string.h>

static inline uint64_t load64(const uint8_t *bytes) {
  uint64_t word;
  memcpy(&word, bytes, 8);
  return word;
}

/// Eight values take `width` bytes, so that shifts and places are known when this is compiled.
static inline __attribute__((always_inline)) void unpack_width(
  const uint8_t *packed, size_t count, uint64_t base, unsigned width, uint64_t *out
) {
  const uint64_t mask = ((uint64_t)1 << width) - 1;
  size_t i = 0;
  for (; i + 8 <= count; i += 8, packed += width) {
#pragma clang loop unroll(full)
    for (unsigned k = 0; k < 8; k++) {
      unsigned at = k * width;
      out[i + k] = ((load64(packed + (at >> 3)) >> (at & 7)) & mask) + base;
    }
  }
  for (unsigned at = 0; i < count; i++, at += width) {
    out[i] = ((load64(packed + (at >> 3)) >> (at & 7)) & mask) + base;
  }
}

#define WIDTH(w) case w: unpack_width(packed, count, base, w, out); break;
#define WIDTHS8(w) \
  WIDTH(w) WIDTH(w + 1) WIDTH(w + 2) WIDTH(w + 3) WIDTH(w + 4) WIDTH(w + 5) WIDTH(w + 6) \
  WIDTH(w + 7)

void twin_unpack(
  const uint8_t *packed, size_t count, uint64_t base, unsigned width, uint64_t *out
) {
  switch (width) {
    WIDTHS8(1) WIDTHS8(9) WIDTHS8(17) WIDTHS8(25)
  default: break;
  }
}

void twin_unpack_deltas(
  const uint8_t *packed, size_t count, uint64_t first, uint64_t base, unsigned width,
  uint64_t *out
) {
  const uint64_t mask = ((uint64_t)1 << width) - 1;
  uint64_t sum = first;
  out[0] = sum;
  for (size_t i = 1, at = 0; i < count; i++, at += width) {
    sum += ((load64(packed + (at >> 3)) >> (at & 7)) & mask) + base;
    out[i] = sum;
  }
}

size_t twin_select(
  const int64_t *values, size_t count, int64_t low, int64_t high, uint32_t *rows
) {
  size_t found = 0;
  for (size_t i = 0; i < count; i++) {
    rows[found] = (uint32_t)i;
    found += (values[i] >= low) & (values[i] <= high);
  }
  return found;
}

void twin_gather(const uint64_t *source, const uint32_t *rows, size_t count, uint64_t *target) {
  for (size_t i = 0; i < count; i++) target[i] = source[rows[i]];
}

void twin_sum(const int64_t *values, const uint32_t *groups, size_t count, int64_t *totals) {
  for (size_t i = 0; i < count; i++) totals[groups[i]] += values[i];
}

void twin_count(const uint32_t *groups, size_t count, int64_t *totals) {
  for (size_t i = 0; i < count; i++) totals[groups[i]]++;
}

void twin_least(const int64_t *values, const uint32_t *groups, size_t count, int64_t *least) {
  for (size_t i = 0; i < count; i++) {
    if (values[i] < least[groups[i]]) least[groups[i]] = values[i];
  }
}

void twin_greatest(
  const int64_t *values, const uint32_t *groups, size_t count, int64_t *greatest
) {
  for (size_t i = 0; i < count; i++) {
    if (values[i] > greatest[groups[i]]) greatest[groups[i]] = values[i];
  }
}

uint64_t twin_digest(const void *bytes, size_t count) {
  const uint8_t *at = bytes;
  uint64_t state = count;
  for (size_t i = 0; i + 8 <= count; i += 8) {
    state = (state ^ load64(at + i)) * 0x9E3779B97F4A7C15u;
    state ^= state >> 29;
  }
  for (size_t i = count & ~(size_t)7; i < count; i++) state = (state ^ at[i]) * 0x100000001B3u;
  return state;
}
