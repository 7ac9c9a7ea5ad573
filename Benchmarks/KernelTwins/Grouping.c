// Twins of grouping, numbering and joining.
#include "Hashing.h"
#include "KernelTwins.h"

typedef struct {
  uint64_t word;
  uint32_t entry;
} slot;

/// Rows whose slots are fetched before they are looked at, in tables beyond the caches.
enum { batch = 64, near_slots = 1 << 15 };

static slot *grow(slot *old, size_t *mask) {
  size_t larger = (*mask + 1) * 4 - 1;
  slot *slots = calloc(larger + 1, sizeof(slot));
  for (size_t i = 0; i <= *mask; i++) {
    if (!old[i].entry) continue;
    size_t at = twin_hash_word(old[i].word) & larger;
    while (slots[at].entry) at = (at + 1) & larger;
    slots[at] = old[i];
  }
  free(old);
  *mask = larger;
  return slots;
}

size_t twin_number_words(const uint64_t *words, size_t count, uint32_t *numbers) {
  size_t mask = 255, known = 0;
  slot *slots = calloc(mask + 1, sizeof(slot));
  for (size_t start = 0; start < count; start += batch) {
    size_t end = start + batch < count ? start + batch : count;
    if (mask > near_slots) {
      for (size_t i = start; i < end; i++) {
        __builtin_prefetch(slots + (twin_hash_word(words[i]) & mask));
      }
    }
    for (size_t i = start; i < end; i++) {
      size_t at = twin_hash_word(words[i]) & mask;
      while (slots[at].entry && slots[at].word != words[i]) at = (at + 1) & mask;
      if (!slots[at].entry) {
        slots[at].word = words[i];
        slots[at].entry = (uint32_t)++known;
        numbers[i] = (uint32_t)known - 1;
        if (known * 2 > mask) slots = grow(slots, &mask);
        continue;
      }
      numbers[i] = slots[at].entry - 1;
    }
  }
  free(slots);
  return known;
}

static void grow_slots(twin_texts *texts) {
  size_t larger = (texts->mask + 1) * 4 - 1;
  uint64_t *slots = calloc(larger + 1, 8);
  for (size_t number = 0; number < texts->count; number++) {
    size_t start = texts->starts[number];
    uint64_t hash = twin_hash_text(texts->heap + start, texts->starts[number + 1] - start);
    size_t at = hash & larger;
    while (slots[at]) at = (at + 1) & larger;
    slots[at] = (hash & 0xFFFFFFFF00000000u) | (number + 1);
  }
  free(texts->slots);
  texts->slots = slots;
  texts->mask = larger;
}

uint32_t twin_texts_add(
  twin_texts *texts, const uint8_t *text, size_t count, uint64_t hash, size_t at
) {
  if (texts->heap_count + count > texts->heap_capacity) {
    while (texts->heap_count + count > texts->heap_capacity) texts->heap_capacity *= 2;
    texts->heap = realloc(texts->heap, texts->heap_capacity + 64);
  }
  if (texts->count == texts->capacity) {
    texts->capacity *= 2;
    texts->starts = realloc(texts->starts, (texts->capacity + 1) * sizeof(size_t));
  }
  memcpy(texts->heap + texts->heap_count, text, count);
  texts->heap_count += count;
  texts->slots[at] = (hash & 0xFFFFFFFF00000000u) | (texts->count + 1);
  texts->starts[++texts->count] = texts->heap_count;
  uint32_t number = (uint32_t)texts->count - 1;
  if (texts->count * 2 > texts->mask) grow_slots(texts);
  return number;
}

size_t twin_number_texts(
  const uint8_t *heap, const uint64_t *views, size_t count, uint32_t *numbers
) {
  twin_texts texts;
  twin_texts_init(&texts);
  for (size_t i = 0; i < count; i++) {
    numbers[i] = twin_texts_number(&texts, heap + (uint32_t)views[i], views[i] >> 32);
  }
  size_t known = texts.count;
  twin_texts_free(&texts);
  return known;
}

size_t twin_number_codes(
  const uint8_t *heap, const uint64_t *views, size_t values, const uint32_t *codes, size_t count,
  uint32_t *numbers
) {
  twin_texts texts;
  twin_texts_init(&texts);
  uint32_t *known = malloc(values * sizeof(uint32_t));
  memset(known, 0xFF, values * sizeof(uint32_t));
  for (size_t i = 0; i < count; i++) {
    uint32_t code = codes[i];
    if (known[code] == UINT32_MAX) {
      known[code] = twin_texts_number(&texts, heap + (uint32_t)views[code], views[code] >> 32);
    }
    numbers[i] = known[code];
  }
  size_t found = texts.count;
  free(known);
  twin_texts_free(&texts);
  return found;
}

struct twin_index {
  size_t mask;
  /// A key and its number plus one, 0 in a free slot.
  uint64_t (*slots)[2];
};

twin_index *twin_index_make(const uint64_t *keys, size_t count) {
  twin_index *index = malloc(sizeof(twin_index));
  index->mask = 15;
  while (index->mask + 1 < count * 2) index->mask = index->mask * 2 + 1;
  size_t bytes = (index->mask + 1) * 16;
  index->slots = aligned_alloc(64, bytes);
  memset(index->slots, 0, bytes);
  for (size_t i = 0; i < count; i++) {
    size_t at = twin_hash_word(keys[i]) & index->mask;
    while (index->slots[at][1]) at = (at + 1) & index->mask;
    index->slots[at][0] = keys[i];
    index->slots[at][1] = i + 1;
  }
  return index;
}

void twin_index_find(
  const twin_index *index, const uint64_t *keys, size_t count, uint32_t *numbers
) {
  enum { ahead = 16 };
  size_t mask = index->mask;
  for (size_t i = 0; i < count; i++) {
    size_t coming = i + ahead < count ? i + ahead : count - 1;
    __builtin_prefetch(index->slots + (twin_hash_word(keys[coming]) & mask));
    size_t at = twin_hash_word(keys[i]) & mask;
    while (index->slots[at][1] && index->slots[at][0] != keys[i]) at = (at + 1) & mask;
    numbers[i] = (uint32_t)index->slots[at][1] - 1;
  }
}

void twin_index_free(twin_index *index) {
  free(index->slots);
  free(index);
}

typedef struct {
  uint64_t key;
  uint32_t row;
} entry;

void twin_sort(const int64_t *keys, size_t count, uint32_t *rows) {
  enum { digits = 6, bits = 11, size = 1 << bits };
  uint32_t(*counts)[size] = calloc(digits, sizeof *counts);
  entry *from = malloc(count * sizeof(entry)), *to = malloc(count * sizeof(entry));
  for (size_t i = 0; i < count; i++) {
    uint64_t key = (uint64_t)keys[i] ^ ((uint64_t)1 << 63);
    from[i].key = key;
    from[i].row = (uint32_t)i;
    for (int d = 0; d < digits; d++) counts[d][(key >> (d * bits)) & (size - 1)]++;
  }
  for (int d = 0; d < digits; d++) {
    // A digit that all keys share needs no pass.
    if (count == 0 || counts[d][(from[0].key >> (d * bits)) & (size - 1)] == count) continue;
    uint32_t sum = 0;
    for (int v = 0; v < size; v++) {
      uint32_t here = counts[d][v];
      counts[d][v] = sum;
      sum += here;
    }
    for (size_t i = 0; i < count; i++) {
      to[counts[d][(from[i].key >> (d * bits)) & (size - 1)]++] = from[i];
    }
    entry *spare = from;
    from = to;
    to = spare;
  }
  for (size_t i = 0; i < count; i++) rows[i] = from[i].row;
  free(from);
  free(to);
  free(counts);
}
