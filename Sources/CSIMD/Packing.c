// Bit packing of integers: value i lies in bits i * width ..< (i + 1) * width, lowest bits first.
#include "CSIMD.h"

size_t csimd_packed_size(size_t count, unsigned width) { return (count * width + 7) / 8; }

void csimd_pack(const uint64_t *values, size_t count, uint64_t base, unsigned width, uint8_t *out) {
  if (width == 0) return;
  uint64_t held = 0;
  unsigned bits = 0;
  for (size_t i = 0; i < count; i++) {
    uint64_t value = values[i] - base;
    held |= value << bits;
    unsigned free = 64 - bits;
    if (width >= free) {
      memcpy(out, &held, 8);
      out += 8;
      held = free < 64 ? value >> free : 0;
      bits = width - free;
    } else {
      bits += width;
    }
  }
  memcpy(out, &held, (bits + 7) / 8);
}

/// The value of `width` bits at bit `at`, for widths up to 57.
static inline uint64_t bits_at(const uint8_t *packed, size_t at, uint64_t mask) {
  return (csimd_load64(packed + (at >> 3)) >> (at & 7)) & mask;
}

/// Unpacks eight values at a time, which take `width` bytes: places and shifts are known when this
/// is compiled for a width. Gives how many values it has unpacked.
#define UNPACK_EIGHTS(width, type)                                                              \
  for (; i + 8 <= count; i += 8, packed += width) {                                             \
    _Pragma("clang loop unroll(full)") for (unsigned k = 0; k < 8; k++) {                       \
      unsigned at = k * width;                                                                  \
      out[i + k] = (type)((csimd_load64(packed + (at >> 3)) >> (at & 7)) & mask) + base;        \
    }                                                                                           \
  }

static inline __attribute__((always_inline)) size_t unpack64_width(
  const uint8_t *packed, size_t count, uint64_t base, unsigned width, uint64_t *out
) {
  const uint64_t mask = ((uint64_t)1 << width) - 1;
  size_t i = 0;
  UNPACK_EIGHTS(width, uint64_t)
  return i;
}

static inline __attribute__((always_inline)) size_t unpack32_width(
  const uint8_t *packed, size_t count, uint32_t base, unsigned width, uint32_t *out
) {
  const uint64_t mask = ((uint64_t)1 << width) - 1;
  size_t i = 0;
  UNPACK_EIGHTS(width, uint32_t)
  return i;
}

#define WIDTH(form, w) case w: return form(packed, count, base, w, out);
#define WIDTHS8(form, w)                                                                        \
  WIDTH(form, w) WIDTH(form, w + 1) WIDTH(form, w + 2) WIDTH(form, w + 3)                       \
  WIDTH(form, w + 4) WIDTH(form, w + 5) WIDTH(form, w + 6) WIDTH(form, w + 7)

/// Unpacks a multiple of eight values by the code for their width; gives how many.
static size_t unpack64_eights(
  const uint8_t *packed, size_t count, uint64_t base, unsigned width, uint64_t *out
) {
  switch (width) {
    WIDTHS8(unpack64_width, 1) WIDTHS8(unpack64_width, 9)
    WIDTHS8(unpack64_width, 17) WIDTHS8(unpack64_width, 25)
    WIDTHS8(unpack64_width, 33)
  default: return 0;
  }
}

static size_t unpack32_eights(
  const uint8_t *packed, size_t count, uint32_t base, unsigned width, uint32_t *out
) {
  switch (width) {
    WIDTHS8(unpack32_width, 1) WIDTHS8(unpack32_width, 9) WIDTHS8(unpack32_width, 17)
  default: return 0;
  }
}

void csimd_unpack64(
  const uint8_t *packed, size_t count, uint64_t base, unsigned width, uint64_t *out
) {
  if (width == 0) {
    for (size_t i = 0; i < count; i++) out[i] = base;
  } else if (width == 64) {
    for (size_t i = 0; i < count; i++) out[i] = csimd_load64(packed + i * 8) + base;
  } else if (width <= 57) {
    uint64_t mask = ((uint64_t)1 << width) - 1;
    size_t i = unpack64_eights(packed, count, base, width, out);
    for (; i < count; i++) out[i] = bits_at(packed, i * width, mask) + base;
  } else {
    uint64_t mask = ((uint64_t)1 << width) - 1;
    for (size_t i = 0; i < count; i++) {
      size_t at = i * width;
      uint64_t low = csimd_load64(packed + (at >> 3)) >> (at & 7);
      uint64_t high = at & 7 ? (uint64_t)packed[(at >> 3) + 8] << (64 - (at & 7)) : 0;
      out[i] = ((low | high) & mask) + base;
    }
  }
}

void csimd_unpack32(
  const uint8_t *packed, size_t count, uint32_t base, unsigned width, uint32_t *out
) {
  if (width == 0) {
    for (size_t i = 0; i < count; i++) out[i] = base;
  } else if (width == 8) {
    for (size_t i = 0; i < count; i++) out[i] = packed[i] + base;
  } else if (width == 16) {
    for (size_t i = 0; i < count; i++) {
      out[i] = (uint32_t)(packed[i * 2] | packed[i * 2 + 1] << 8) + base;
    }
  } else {
    uint64_t mask = ((uint64_t)1 << width) - 1;
    size_t i = unpack32_eights(packed, count, base, width, out);
    for (; i < count; i++) out[i] = (uint32_t)bits_at(packed, i * width, mask) + base;
  }
}

void csimd_sum_deltas(uint64_t *values, size_t count, uint64_t first) {
  uint64_t sum = first;
  for (size_t i = 0; i < count; i++) {
    sum += values[i];
    values[i] = sum;
  }
}
