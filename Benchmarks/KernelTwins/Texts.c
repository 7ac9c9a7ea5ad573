// Twins of searching texts, of their terms and of filters.
#include "Hashing.h"
#include "KernelTwins.h"
#if defined(__x86_64__)
#include <immintrin.h>
#define AVX2 __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt")))
#endif

static inline bool is_term_byte(uint8_t c) {
  return (uint8_t)(c - '0') < 10 || (uint8_t)((c | 0x20) - 'a') < 26;
}

static inline uint8_t lower(uint8_t c) {
  return (uint8_t)(c | ((uint8_t)(c - 'A') < 26) << 5);
}

/// What is looked for, and how far in the texts the search has come.
typedef struct {
  const uint8_t *heap;
  const uint64_t *views;
  size_t count, row, needle_count;
  const uint8_t *needle;
  bool whole_terms;
  uint8_t *results;
} search;

/// Compares the needle at a place that may be one and notes its row.
static void look(search *s, size_t place) {
  while (s->row < s->count && (uint32_t)s->views[s->row] + (s->views[s->row] >> 32) <= place) {
    s->row++;
  }
  if (s->row == s->count || s->results[s->row]) return;
  size_t start = (uint32_t)s->views[s->row], end = start + (s->views[s->row] >> 32);
  if (place < start || place + s->needle_count > end) return;
  for (size_t i = 0; i < s->needle_count; i++) {
    if (lower(s->heap[place + i]) != s->needle[i]) return;
  }
  if (s->whole_terms) {
    if (place > start && is_term_byte(s->heap[place - 1])) return;
    size_t after = place + s->needle_count;
    if (after < end && is_term_byte(s->heap[after])) return;
  }
  s->results[s->row] = 1;
}

/// Letters differ in one bit between cases, so setting it on both sides lets few others pass.
#if defined(__x86_64__)
AVX2 static void scan_avx2(search *s, size_t from, size_t to) {
  const __m256i bit = _mm256_set1_epi8(0x20);
  const __m256i first = _mm256_set1_epi8((char)(s->needle[0] | 0x20));
  const __m256i last = _mm256_set1_epi8((char)(s->needle[s->needle_count - 1] | 0x20));
  for (size_t at = from; at < to; at += 64) {
    uint64_t mask = 0;
    for (int half = 0; half < 2; half++) {
      const uint8_t *place = s->heap + at + 32 * half;
      __m256i a = _mm256_loadu_si256((const __m256i *)place);
      __m256i b = _mm256_loadu_si256((const __m256i *)(place + s->needle_count - 1));
      a = _mm256_cmpeq_epi8(_mm256_or_si256(a, bit), first);
      b = _mm256_cmpeq_epi8(_mm256_or_si256(b, bit), last);
      uint64_t part = (uint32_t)_mm256_movemask_epi8(_mm256_and_si256(a, b));
      mask |= part << (32 * half);
    }
    for (; mask; mask &= mask - 1) look(s, at + (size_t)__builtin_ctzll(mask));
  }
}
#endif

static void scan(search *s, size_t from, size_t to) {
  uint8_t first = s->needle[0] | 0x20;
  for (size_t at = from; at < to; at++) {
    if ((s->heap[at] | 0x20) == first) look(s, at);
  }
}

void twin_search(
  const uint8_t *heap, const uint64_t *views, size_t count, const char *needle, bool whole_terms,
  uint8_t *results
) {
  memset(results, 0, count);
  if (count == 0) return;
  search s = {
    heap, views, count, 0, strlen(needle), (const uint8_t *)needle, whole_terms, results,
  };
  size_t from = (uint32_t)views[0];
  size_t to = (uint32_t)views[count - 1] + (views[count - 1] >> 32);
  to = to < s.needle_count ? 0 : to - s.needle_count + 1;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return scan_avx2(&s, from, to);
#endif
  scan(&s, from, to);
}

static inline uint64_t key_word(uint64_t word, uint64_t seed) {
  return twin_mix(word ^ 0xA0761D6478BD642Fu, seed ^ 0xE7037ED1A0B428DBu ^ word << 32);
}

static inline uint64_t lower64(uint64_t word) {
  const uint64_t ones = 0x0101010101010101u;
  uint64_t low = word & (ones * 0x7F);
  uint64_t capital = (low + ones * (0x80 - 'A')) & ~(low + ones * (0x7F - 'Z')) & ~word;
  return word | ((capital & (ones * 0x80)) >> 2);
}

static inline uint64_t term_key(const uint8_t *term, size_t count) {
  uint64_t state = count;
  size_t i = 0;
  for (; i + 8 <= count; i += 8) state = key_word(lower64(twin_load64(term + i)), state);
  if (i < count) {
    // The bytes that are left, first ones highest.
    uint64_t tail = __builtin_bswap64(twin_load64(term + i)) >> (64 - 8 * (count - i));
    state = key_word(lower64(tail), state);
  }
  return state;
}

/// Bit i is set where byte i of 64 is a letter or digit.
static inline uint64_t term_mask(const uint8_t *bytes) {
#if defined(__SSE2__)
  uint64_t mask = 0;
  for (int part = 0; part < 4; part++) {
    __m128i block = _mm_loadu_si128((const __m128i *)(bytes + part * 16));
    __m128i letter = _mm_or_si128(block, _mm_set1_epi8(0x20));
    // Signed comparisons after a shift of the range to the least values.
    letter = _mm_add_epi8(letter, _mm_set1_epi8((char)(0x80 - 'a')));
    __m128i digit = _mm_add_epi8(block, _mm_set1_epi8((char)(0x80 - '0')));
    __m128i found = _mm_or_si128(
      _mm_cmplt_epi8(letter, _mm_set1_epi8((char)(0x80 + 26))),
      _mm_cmplt_epi8(digit, _mm_set1_epi8((char)(0x80 + 10))));
    mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(found) << (part * 16);
  }
  return mask;
#else
  uint64_t mask = 0;
  for (int i = 0; i < 64; i++) mask |= (uint64_t)is_term_byte(bytes[i]) << i;
  return mask;
#endif
}

uint64_t twin_term_keys(
  const uint8_t *heap, const uint64_t *views, size_t count, size_t *terms
) {
  uint64_t sum = 0;
  size_t found = 0;
  for (size_t i = 0; i < count; i++) {
    const uint8_t *text = heap + (uint32_t)views[i];
    size_t length = views[i] >> 32, open = SIZE_MAX;
    for (size_t at = 0; at < length; at += 64) {
      uint64_t mask = term_mask(text + at);
      if (length - at < 64) mask &= ((uint64_t)1 << (length - at)) - 1;
      // A bit of the edges is set where a term starts or has ended.
      uint64_t edges = mask ^ (mask << 1 | (open != SIZE_MAX));
      for (; edges; edges &= edges - 1) {
        size_t edge = at + (size_t)__builtin_ctzll(edges);
        if (open == SIZE_MAX) {
          open = edge;
          continue;
        }
        if (edge - open >= 3) {
          sum += term_key(text + open, edge - open);
          found++;
        }
        open = SIZE_MAX;
      }
    }
    if (open != SIZE_MAX && length - open >= 3) {
      sum += term_key(text + open, length - open);
      found++;
    }
  }
  *terms = found;
  return sum;
}

static uint64_t bits_at(const uint8_t *base, size_t bit) {
  uint64_t low;
  memcpy(&low, base + bit / 8, 8);
  size_t shift = bit % 8;
  return shift ? low >> shift | (uint64_t)base[bit / 8 + 8] << (64 - shift) : low;
}

size_t twin_probe(
  const uint8_t *filters, size_t groups, size_t chunks, const uint64_t *keys, size_t count) {
  static const uint32_t salts[8] = {
    0x47B6137B, 0x44974D91, 0x8824AD5B, 0xA2B7289D, 0x705495C7, 0x2DF1424B, 0x9EFC4947, 0x5C6BFB31,
  };
  size_t found = 0, words = (chunks + 63) / 64;
  uint64_t last = chunks % 64 ? ((uint64_t)1 << chunks % 64) - 1 : ~(uint64_t)0;
  for (size_t i = 0; i < count; i++) {
    const uint8_t *group = filters + ((keys[i] >> 32) * groups >> 32) * 32 * chunks;
    size_t rows[8];
    for (size_t lane = 0; lane < 8; lane++)
      rows[lane] = (lane * 32 + (((uint32_t)keys[i] * salts[lane]) >> 27)) * chunks;
    for (size_t word = 0; word < words; word++) {
      uint64_t set = word + 1 == words ? last : ~(uint64_t)0;
      for (size_t lane = 0; lane < 8; lane++) set &= bits_at(group, rows[lane] + word * 64);
      found += (size_t)__builtin_popcountll(set);
    }
  }
  return found;
}
