// Twin of parsing lines of JSON into columns.
#include "Hashing.h"
#include "KernelTwins.h"
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { key_time, key_device, key_file, key_id, key_line, key_count };

static const struct {
  const char *text;
  size_t count;
} keys[key_count] = {
  {"\"Timestamp\":", 12}, {"\"DeviceName\":", 13}, {"\"FileName\":", 11},
  {"\"ProcessId\":", 12}, {"\"ProcessCommandLine\":", 21},
};

typedef struct {
  const uint8_t *at, *end;
  uint8_t *scratch;
  size_t scratch_capacity;
} cursor;

static inline bool is_utf8(const uint8_t *text, size_t count) {
  size_t i = 0;
  while (i < count) {
#if defined(__SSE2__)
    while (i + 16 <= count
      && !_mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(text + i)))) i += 16;
    if (i >= count) break;
#endif
    uint8_t c = text[i];
    size_t more = c < 0x80 ? 0 : c < 0xC2 ? 9 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : c < 0xF5 ? 3 : 9;
    if (more == 9 || i + more >= count + (more == 0)) return false;
    for (size_t k = 1; k <= more; k++) {
      if ((text[i + k] & 0xC0) != 0x80) return false;
    }
    if (c == 0xE0 && text[i + 1] < 0xA0) return false;
    if (c == 0xED && text[i + 1] > 0x9F) return false;
    if (c == 0xF0 && text[i + 1] < 0x90) return false;
    if (c == 0xF4 && text[i + 1] > 0x8F) return false;
    i += more + 1;
  }
  return true;
}

static inline void blanks(cursor *c) {
  while (c->at < c->end && (*c->at == ' ' || *c->at == '\t' || *c->at == '\r')) c->at++;
}

/// The place of the next quote or backslash.
static inline const uint8_t *stop(const uint8_t *at, const uint8_t *end) {
#if defined(__SSE2__)
  const __m128i quote = _mm_set1_epi8('"'), slash = _mm_set1_epi8('\\');
  for (; at < end; at += 16) {
    __m128i block = _mm_loadu_si128((const __m128i *)at);
    __m128i found = _mm_or_si128(_mm_cmpeq_epi8(block, quote), _mm_cmpeq_epi8(block, slash));
    unsigned mask = (unsigned)_mm_movemask_epi8(found);
    if (mask) return at + __builtin_ctz(mask);
  }
  return end;
#else
  while (at < end && *at != '"' && *at != '\\') at++;
  return at;
#endif
}

/// Reads a string; one with escapes is copied. Only escapes of one letter occur in the data.
static inline bool string(cursor *c, const uint8_t **text, size_t *count) {
  if (c->at >= c->end || *c->at != '"') return false;
  const uint8_t *start = c->at + 1, *at = stop(start, c->end);
  if (at >= c->end) return false;
  if (*at == '"') {
    *text = start;
    *count = (size_t)(at - start);
    c->at = at + 1;
    return true;
  }
  uint8_t *out = c->scratch;
  while (true) {
    size_t plain = (size_t)(at - start);
    if ((size_t)(out - c->scratch) + plain + 64 > c->scratch_capacity) return false;
    memcpy(out, start, plain);
    out += plain;
    if (*at == '"') break;
    if (at + 1 >= c->end) return false;
    switch (at[1]) {
    case '"': case '\\': case '/': *out++ = at[1]; break;
    case 'n': *out++ = '\n'; break;
    case 't': *out++ = '\t'; break;
    case 'r': *out++ = '\r'; break;
    case 'b': *out++ = '\b'; break;
    case 'f': *out++ = '\f'; break;
    default: return false;
    }
    start = at + 2;
    at = stop(start, c->end);
    if (at >= c->end) return false;
  }
  *text = c->scratch;
  *count = (size_t)(out - c->scratch);
  c->at = at + 1;
  return true;
}

static inline unsigned number(const uint8_t *text, int count, bool *good) {
  unsigned value = 0;
  for (int i = 0; i < count; i++) {
    unsigned digit = (unsigned)text[i] - '0';
    *good &= digit < 10;
    value = value * 10 + digit;
  }
  return value;
}

/// Reads 2020-01-02T03:04:05.123456Z with up to seven digits of a fraction.
static inline bool instant(const uint8_t *t, size_t count, int64_t *ticks) {
  if (count < 20 || t[count - 1] != 'Z' || t[4] != '-' || t[7] != '-' || t[10] != 'T') return false;
  bool good = t[13] == ':' && t[16] == ':';
  unsigned year = number(t, 4, &good), month = number(t + 5, 2, &good);
  unsigned day = number(t + 8, 2, &good), hour = number(t + 11, 2, &good);
  unsigned minute = number(t + 14, 2, &good), second = number(t + 17, 2, &good);
  good &= month - 1 < 12 && day - 1 < 31 && hour < 24 && minute < 60 && second < 60 && year > 0;
  static const uint8_t lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (!good) return false;
  bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  if (day > lengths[month - 1] + (month == 2 && is_leap)) return false;
  unsigned fraction = 0;
  if (count > 20) {
    int places = (int)count - 21;
    if (t[19] != '.' || places < 1 || places > 7) return false;
    fraction = number(t + 20, places, &good);
    for (int i = places; i < 7; i++) fraction *= 10;
  }
  unsigned y = year - (month <= 2), m = month > 2 ? month - 3 : month + 9;
  int64_t days = 365 * (int64_t)y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 306;
  *ticks = ((days * 24 + hour) * 3600 + minute * 60 + second) * 10000000 + fraction;
  return good;
}

static inline bool integer(cursor *c, int64_t *value) {
  bool negative = c->at < c->end && *c->at == '-';
  const uint8_t *start = c->at += negative;
  uint64_t sum = 0;
  while (c->at < c->end && (uint8_t)(*c->at - '0') < 10) sum = sum * 10 + (*c->at++ - '0');
  size_t count = (size_t)(c->at - start);
  if (count == 0 || count > 18 || (count > 1 && *start == '0')) return false;
  *value = negative ? -(int64_t)sum : (int64_t)sum;
  return true;
}

static inline int key(cursor *c, int guess) {
  for (int tried = 0; tried < key_count; tried++) {
    int k = (guess + tried) % key_count;
    if ((size_t)(c->end - c->at) >= keys[k].count
      && !memcmp(c->at, keys[k].text, keys[k].count)) {
      c->at += keys[k].count;
      return k;
    }
  }
  return -1;
}

typedef struct {
  twin_texts devices, files, lines;
  twin_columns *columns;
} tables;

static bool member(cursor *c, int k, size_t row, tables *t) {
  const uint8_t *text;
  size_t count;
  switch (k) {
  case key_time:
    return string(c, &text, &count) && instant(text, count, t->columns->times + row);
  case key_id: return integer(c, t->columns->ids + row);
  case key_device:
    if (!string(c, &text, &count)) return false;
    t->columns->device_codes[row] = twin_texts_number(&t->devices, text, count);
    return true;
  case key_file:
    if (!string(c, &text, &count)) return false;
    t->columns->file_codes[row] = twin_texts_number(&t->files, text, count);
    return true;
  case key_line:
    if (!string(c, &text, &count)) return false;
    t->columns->line_codes[row] = twin_texts_number(&t->lines, text, count);
    return true;
  default: return false;
  }
}

static bool object(cursor *c, size_t row, tables *t) {
  blanks(c);
  if (c->at >= c->end || *c->at++ != '{') return false;
  for (int guess = 0;;) {
    blanks(c);
    int k = key(c, guess);
    if (k < 0) return false;
    blanks(c);
    if (!member(c, k, row, t)) return false;
    guess = k + 1;
    blanks(c);
    if (c->at >= c->end) return false;
    uint8_t mark = *c->at++;
    if (mark == '}') break;
    if (mark != ',') return false;
  }
  blanks(c);
  return c->at == c->end;
}

size_t twin_parse_events(const uint8_t *text, size_t count, twin_columns *columns) {
  if (!is_utf8(text, count)) return SIZE_MAX;
  tables t = {.columns = columns};
  twin_texts_init(&t.devices);
  twin_texts_init(&t.files);
  twin_texts_init(&t.lines);
  cursor c = {.scratch_capacity = 1 << 20};
  c.scratch = malloc(c.scratch_capacity);
  size_t rows = 0;
  for (const uint8_t *at = text, *end = text + count; at < end;) {
    const uint8_t *line_end = memchr(at, '\n', (size_t)(end - at));
    if (!line_end) line_end = end;
    c.at = at;
    c.end = line_end;
    if (!object(&c, rows, &t)) {
      rows = SIZE_MAX;
      break;
    }
    rows++;
    at = line_end + 1;
  }
  columns->devices = t.devices.count;
  columns->files = t.files.count;
  columns->lines = t.lines.count;
  twin_texts_free(&t.devices);
  twin_texts_free(&t.files);
  twin_texts_free(&t.lines);
  free(c.scratch);
  return rows;
}
