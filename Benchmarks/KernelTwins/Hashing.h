#ifndef HARRIER_TWIN_HASHING_H
#define HARRIER_TWIN_HASHING_H
// Hashes and the table of texts that several twins share.
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static inline uint64_t twin_load64(const uint8_t *bytes) {
  uint64_t word;
  memcpy(&word, bytes, 8);
  return word;
}

static inline uint64_t twin_mix(uint64_t left, uint64_t right) {
  unsigned __int128 product = (unsigned __int128)left * right;
  return (uint64_t)(product >> 64) ^ (uint64_t)product;
}

static inline uint64_t twin_hash_word(uint64_t word) {
  word *= 0x9E3779B97F4A7C15u;
  return word ^ (word >> 32);
}

/// Hashes a text of which 16 bytes may be read.
static inline uint64_t twin_hash_text(const uint8_t *text, size_t count) {
  const uint64_t a = 0xA0761D6478BD642Fu, b = 0xE7037ED1A0B428DBu;
  uint64_t state = a ^ count;
  size_t i = 0;
  for (; i + 16 < count; i += 16) {
    state = twin_mix(twin_load64(text + i) ^ b, twin_load64(text + i + 8) ^ state);
  }
  uint64_t first, last;
  if (count >= 16) {
    first = twin_load64(text + count - 16);
    last = twin_load64(text + count - 8);
  } else {
    // Bytes behind the end are cut off.
    uint64_t low = twin_load64(text), high = twin_load64(text + 8);
    first = count >= 8 ? low : low & (((uint64_t)1 << (count * 8)) - 1);
    last = count <= 8 ? 0 : high & (((uint64_t)1 << (count * 8 - 64)) - 1);
  }
  return twin_mix(first ^ b, last ^ state);
}

/// Distinct texts, copied one behind the other; open addressing by half a hash and a number.
typedef struct {
  uint64_t *slots;
  size_t mask;
  uint8_t *heap;
  size_t heap_count, heap_capacity;
  size_t *starts;
  size_t count, capacity;
} twin_texts;

static inline void twin_texts_init(twin_texts *texts) {
  texts->mask = 255;
  texts->slots = calloc(texts->mask + 1, 8);
  texts->heap_count = 0;
  texts->heap_capacity = 4096;
  texts->heap = malloc(texts->heap_capacity + 64);
  texts->count = 0;
  texts->capacity = 128;
  texts->starts = malloc((texts->capacity + 1) * sizeof(size_t));
  texts->starts[0] = 0;
}

static inline void twin_texts_free(twin_texts *texts) {
  free(texts->slots);
  free(texts->heap);
  free(texts->starts);
}

uint32_t twin_texts_add(
  twin_texts *texts, const uint8_t *text, size_t count, uint64_t hash, size_t slot);

/// The number of a text, a new one where it is new.
static inline uint32_t twin_texts_number(twin_texts *texts, const uint8_t *text, size_t count) {
  uint64_t hash = twin_hash_text(text, count);
  size_t slot = (size_t)hash & texts->mask;
  for (uint64_t entry; (entry = texts->slots[slot]) != 0; slot = (slot + 1) & texts->mask) {
    if ((entry ^ hash) >> 32) continue;
    uint32_t number = (uint32_t)entry - 1;
    size_t start = texts->starts[number];
    if (texts->starts[number + 1] - start == count && !memcmp(texts->heap + start, text, count)) {
      return number;
    }
  }
  return twin_texts_add(texts, text, count, hash, slot);
}

#endif
