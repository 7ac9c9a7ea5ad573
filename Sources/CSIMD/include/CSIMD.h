#ifndef HARRIER_CSIMD_H
#define HARRIER_CSIMD_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
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

/// True where n bytes are the same; for texts of some ten bytes, without a call.
static inline bool csimd_equal(const uint8_t *left, const uint8_t *right, size_t n) {
#if defined(__SSE2__)
  if (n >= 16) {
    __m128i last = _mm_xor_si128(
      _mm_loadu_si128((const __m128i *)(left + n - 16)),
      _mm_loadu_si128((const __m128i *)(right + n - 16)));
    for (size_t i = 0; i + 16 < n; i += 16) {
      __m128i part = _mm_xor_si128(
        _mm_loadu_si128((const __m128i *)(left + i)),
        _mm_loadu_si128((const __m128i *)(right + i)));
      last = _mm_or_si128(last, part);
    }
    return _mm_movemask_epi8(_mm_cmpeq_epi8(last, _mm_setzero_si128())) == 0xFFFF;
  }
  if (n >= 8) {
    uint64_t a, b, c, d;
    memcpy(&a, left, 8);
    memcpy(&b, right, 8);
    memcpy(&c, left + n - 8, 8);
    memcpy(&d, right + n - 8, 8);
    return ((a ^ b) | (c ^ d)) == 0;
  }
#endif
  return memcmp(left, right, n) == 0;
}

/// The number of bytes that have a value.
size_t csimd_count_byte(const uint8_t *bytes, size_t count, uint8_t value);

/// Bit i is set where bytes[i] ends a plain run of JSON string text: a quote, a backslash or a
/// control character, for 16 readable bytes.
static inline uint32_t csimd_json_stop_mask16(const uint8_t *bytes) {
#if defined(__SSE2__)
  __m128i block = _mm_loadu_si128((const __m128i *)bytes);
  __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(block, _mm_set1_epi8(0x1F)), block);
  __m128i quote = _mm_cmpeq_epi8(block, _mm_set1_epi8('"'));
  __m128i backslash = _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'));
  return (uint32_t)_mm_movemask_epi8(_mm_or_si128(control, _mm_or_si128(quote, backslash)));
#else
  uint32_t mask = 0;
  for (int i = 0; i < 16; i++) {
    uint8_t b = bytes[i];
    mask |= (uint32_t)(b == '"' || b == '\\' || b < 0x20) << i;
  }
  return mask;
#endif
}

/// Bit i is set where bytes[i] is an ASCII letter or digit, for 64 readable bytes.
static inline uint64_t csimd_term_mask64(const uint8_t *bytes) {
  uint64_t mask = 0;
#if defined(__SSE2__)
  for (int part = 0; part < 4; part++) {
    __m128i block = _mm_loadu_si128((const __m128i *)(bytes + part * 16));
    __m128i letter = _mm_or_si128(block, _mm_set1_epi8(0x20));
    // The ranges are moved to the least signed values, so that one comparison tells each.
    letter = _mm_add_epi8(letter, _mm_set1_epi8((char)(0x80 - 'a')));
    __m128i digit = _mm_add_epi8(block, _mm_set1_epi8((char)(0x80 - '0')));
    __m128i found = _mm_or_si128(
      _mm_cmplt_epi8(letter, _mm_set1_epi8((char)(0x80 + 26))),
      _mm_cmplt_epi8(digit, _mm_set1_epi8((char)(0x80 + 10))));
    mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(found) << (part * 16);
  }
#else
  for (int i = 0; i < 64; i++) {
    uint8_t b = bytes[i];
    bool is_term = (uint8_t)(b - '0') < 10 || (uint8_t)((b | 0x20) - 'a') < 26;
    mask |= (uint64_t)is_term << i;
  }
#endif
  return mask;
}

#if defined(__SSE2__)
/// All bits of each half that is the same in both.
static inline __m128i csimd_equal_words(__m128i left, __m128i right) {
  __m128i halves = _mm_cmpeq_epi32(left, right);
  return _mm_and_si128(halves, _mm_shuffle_epi32(halves, 0xB1));
}
#endif

/// The number that a key has in a line of four keys with their four numbers behind them; 0 where
/// no key is the same. No branch depends on the keys.
static inline uint32_t csimd_find_in_line(const uint64_t *line, uint64_t key) {
#if defined(__SSE2__)
  const __m128i *words = (const __m128i *)line;
  __m128i wanted = _mm_set1_epi64x((long long)key);
  __m128i first = csimd_equal_words(_mm_loadu_si128(words), wanted);
  __m128i last = csimd_equal_words(_mm_loadu_si128(words + 1), wanted);
  __m128i hits = _mm_castps_si128(
    _mm_shuffle_ps(_mm_castsi128_ps(first), _mm_castsi128_ps(last), 0x88));
  hits = _mm_and_si128(hits, _mm_loadu_si128(words + 2));
  hits = _mm_or_si128(hits, _mm_shuffle_epi32(hits, 0x4E));
  hits = _mm_or_si128(hits, _mm_shuffle_epi32(hits, 0xB1));
  return (uint32_t)_mm_cvtsi128_si32(hits);
#else
  const uint32_t *numbers = (const uint32_t *)(line + 4);
  uint32_t number = 0;
  for (int i = 0; i < 4; i++) number |= numbers[i] & -(uint32_t)(line[i] == key);
  return number;
#endif
}

/// Asks for the cache line of an address, which need not be readable.
static inline void csimd_prefetch(const void *address) {
#if defined(__GNUC__)
  __builtin_prefetch(address);
#else
  (void)address;
#endif
}

/// Reads 8 bytes at any alignment.
static inline uint64_t csimd_load64(const uint8_t *bytes) {
  uint64_t word;
  memcpy(&word, bytes, 8);
  return word;
}

/// Reads 4 bytes at any alignment.
static inline uint32_t csimd_load32(const uint8_t *bytes) {
  uint32_t word;
  memcpy(&word, bytes, 4);
  return word;
}

/// Lowers the ASCII capital letters among the 8 bytes of a word; other bytes stay.
static inline uint64_t csimd_lower64(uint64_t word) {
  const uint64_t ones = 0x0101010101010101u;
  uint64_t low = word & (ones * 0x7F);
  uint64_t above_z = low + ones * (0x7F - 'Z');
  uint64_t from_a = low + ones * (0x80 - 'A');
  uint64_t capital = (from_a ^ above_z) & ~word & (ones * 0x80);
  return word | (capital >> 2);
}

/// True where n bytes of text, ASCII capitals lowered, equal n bytes that are lowered already.
/// Reads exactly n bytes of each.
static inline bool csimd_equal_lowered(const uint8_t *text, const uint8_t *lowered, size_t n) {
  if (n >= 8) {
    size_t i = 0;
    for (; i + 8 <= n; i += 8) {
      if (csimd_lower64(csimd_load64(text + i)) != csimd_load64(lowered + i)) return false;
    }
    return csimd_lower64(csimd_load64(text + n - 8)) == csimd_load64(lowered + n - 8);
  }
  for (size_t i = 0; i < n; i++) {
    uint8_t c = text[i];
    uint8_t l = (uint8_t)(c | ((uint8_t)((uint8_t)(c - 'A') < 26) << 5));
    if (l != lowered[i]) return false;
  }
  return true;
}

/// A filter of places where a needle may lie: at such a place the byte is `first` or
/// `first_other`, and the byte `distance` later is `second` or `second_other`.
typedef struct {
  uint8_t first, first_other, second, second_other;
  uint32_t distance;
} csimd_pair;

/// The first place in 0 ..< count that passes the filter, or count.
/// Reads bytes 0 ..< count + distance, nothing beyond.
size_t csimd_find_pair(const uint8_t *bytes, size_t count, csimd_pair pair);

/// Writes ascending places of from ..< count that pass the filter, stops when fewer than 64 slots
/// are free, and sets *next to the place at which to go on (count when done).
/// Reads up to 64 bytes beyond bytes + count + distance. Returns the number written.
size_t csimd_collect_pairs(
  const uint8_t *bytes, size_t from, size_t count, csimd_pair pair,
  uint32_t *places, size_t capacity, size_t *next);

/// Which terms csimd_collect_terms gives, by their first three bytes. Bit b of an entry belongs
/// to bucket b of the wanted terms: a term may be wanted where one bucket has the lower half and
/// the upper half of each of its bytes. Positions beyond a short term have all bits set.
typedef struct {
  uint8_t low[3][16];
  uint8_t high[3][16];
  /// 65,536 bits: those of csimd_term_hash of the first bytes of the wanted terms.
  const uint8_t *bloom;
} csimd_term_filter;

/// How far csimd_collect_terms has come; starts as zeros, done where view is the count.
typedef struct {
  size_t view, at;
  bool at_end;
} csimd_term_cursor;

/// Set in a place that stands for bytes >= 0x80 in a value and not for a term.
#define CSIMD_WIDE_PLACE ((uint64_t)1 << 32)

/// Writes ascending places of a column where a run of ASCII letters and digits starts that may be
/// wanted, and for each value with bytes >= 0x80 at least one of them, with CSIMD_WIDE_PLACE set.
/// `views` (start | length << 32) ascend and do not overlap; empty ones may lie anywhere. Places
/// between values may be written too. Stops when fewer than 64 slots are free. Reads up to 64
/// bytes beyond the last value.
size_t csimd_collect_terms(
  const uint8_t *heap, const uint64_t *views, size_t view_count, csimd_term_cursor *cursor,
  const csimd_term_filter *filter, uint64_t *places, size_t capacity);

/// The bit of a term in the bloom filter: its first three bytes, in which ASCII letters of both
/// cases are the same.
static inline uint32_t csimd_term_hash(uint32_t head) {
  return (((head & 0xFFFFFF) | 0x202020) * 0x9E3779B1u) >> 16;
}

/// True where all bytes are below 0x80.
bool csimd_is_ascii(const uint8_t *bytes, size_t count);

/// The number of bytes that are not UTF-8 continuation bytes: code points, in valid text.
size_t csimd_count_scalars(const uint8_t *bytes, size_t count);

/// The number of bytes >= 0xF0: code points beyond the basic plane, in valid text.
size_t csimd_count_wide_scalars(const uint8_t *bytes, size_t count);

/// Copies bytes with ASCII capitals lowered; true where all bytes are ASCII.
bool csimd_lower_ascii(const uint8_t *source, uint8_t *target, size_t count);

/// Copies bytes with ASCII small letters raised; true where all bytes are ASCII.
bool csimd_upper_ascii(const uint8_t *source, uint8_t *target, size_t count);

/// True where the bytes are well-formed UTF-8 (no surrogates, no overlong forms).
bool csimd_is_utf8(const uint8_t *bytes, size_t count);

/// True where this machine runs the AVX2 forms.
bool csimd_has_avx2(void);

/// The forms behind the functions above, for tests that hold them together.
size_t csimd_find_pair_portable(const uint8_t *bytes, size_t count, csimd_pair pair);
size_t csimd_find_pair_baseline(const uint8_t *bytes, size_t count, csimd_pair pair);
size_t csimd_collect_pairs_portable(
  const uint8_t *bytes, size_t from, size_t count, csimd_pair pair,
  uint32_t *places, size_t capacity, size_t *next);
size_t csimd_collect_pairs_baseline(
  const uint8_t *bytes, size_t from, size_t count, csimd_pair pair,
  uint32_t *places, size_t capacity, size_t *next);
size_t csimd_collect_terms_portable(
  const uint8_t *heap, const uint64_t *views, size_t view_count, csimd_term_cursor *cursor,
  const csimd_term_filter *filter, uint64_t *places, size_t capacity);

void *memmem(const void *text, size_t text_count, const void *needle, size_t needle_count);

/// The first place where other bytes lie, in time linear in both, or NULL.
static inline const uint8_t *csimd_find(
  const uint8_t *text, size_t text_count, const uint8_t *needle, size_t needle_count) {
  return (const uint8_t *)memmem(text, text_count, needle, needle_count);
}

/// Bytes that count values of width bits take when packed.
size_t csimd_packed_size(size_t count, unsigned width);

/// Packs the differences of values to base, width bits each (width 0 ... 64), into
/// csimd_packed_size bytes. A difference must fit into its bits.
void csimd_pack(const uint64_t *values, size_t count, uint64_t base, unsigned width, uint8_t *out);

/// Unpacks what csimd_pack packed. Reads up to 8 bytes beyond the packed ones.
void csimd_unpack64(
  const uint8_t *packed, size_t count, uint64_t base, unsigned width, uint64_t *out);

/// As csimd_unpack64 for values that fit into 32 bits, width 0 ... 32.
void csimd_unpack32(
  const uint8_t *packed, size_t count, uint32_t base, unsigned width, uint32_t *out);

/// Replaces differences by the sums of first and all differences so far; wraps around.
void csimd_sum_deltas(uint64_t *values, size_t count, uint64_t first);

/// Whom the allocations of the calling thread are counted for, and where; NULL for nobody.
extern _Thread_local void *csimd_thread_account;
extern _Thread_local void *csimd_thread_meter;

static inline void *csimd_account(void) { return csimd_thread_account; }
static inline void *csimd_meter(void) { return csimd_thread_meter; }
static inline void csimd_set_account(void *account, void *meter) {
  csimd_thread_account = account;
  csimd_thread_meter = meter;
}

/// Lets the allocator give large blocks back to the system when they are freed, and keep few
/// arenas; without this freed memory stays with the process.
void csimd_configure_allocator(void);

/// Gives free memory of the allocator back to the system.
void csimd_trim_allocator(void);

/// Bytes of memory of this process that no file backs and that are not swapped out; 0 where the
/// system does not tell.
size_t csimd_anonymous_bytes(void);

/// Makes mapped memory larger; its pages are moved where there is no room behind them. NULL where
/// the system refuses, and nothing has changed then.
void *csimd_move_pages(void *start, size_t old_count, size_t new_count);

/// Bytes of a block of the allocator, at least those asked for.
size_t csimd_usable_count(void *block);

#endif
