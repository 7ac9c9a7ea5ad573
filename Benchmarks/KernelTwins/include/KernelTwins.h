#ifndef HARRIER_KERNEL_TWINS_H
#define HARRIER_KERNEL_TWINS_H
// What the kernels of the engine do, written by hand in C for the same inputs and outputs. Each is
// meant to be as good as a day's work makes it; none is meant to be kind to the engine.
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Texts are views into a heap, start | length << 32, with 64 readable bytes behind the last one.

/// Unpacks values of `width` bits (1 ... 32), lowest bits first, and adds a base to each.
void twin_unpack(
  const uint8_t *packed, size_t count, uint64_t base, unsigned width, uint64_t *out);
/// As twin_unpack for differences from row to row, behind a first value.
void twin_unpack_deltas(
  const uint8_t *packed, size_t count, uint64_t first, uint64_t base, unsigned width,
  uint64_t *out);

/// Writes the rows whose value lies in low ... high; returns how many there are.
size_t twin_select(
  const int64_t *values, size_t count, int64_t low, int64_t high, uint32_t *rows);
void twin_gather(const uint64_t *source, const uint32_t *rows, size_t count, uint64_t *target);

void twin_sum(const int64_t *values, const uint32_t *groups, size_t count, int64_t *totals);
void twin_count(const uint32_t *groups, size_t count, int64_t *totals);
void twin_least(const int64_t *values, const uint32_t *groups, size_t count, int64_t *least);
void twin_greatest(
  const int64_t *values, const uint32_t *groups, size_t count, int64_t *greatest);

/// Numbers distinct words in the order in which they come; returns how many there are.
size_t twin_number_words(const uint64_t *words, size_t count, uint32_t *numbers);
/// Numbers distinct texts in the order in which they come; returns how many there are.
size_t twin_number_texts(
  const uint8_t *heap, const uint64_t *views, size_t count, uint32_t *numbers);
/// As twin_number_texts for rows that are codes into some values.
size_t twin_number_codes(
  const uint8_t *heap, const uint64_t *views, size_t values, const uint32_t *codes, size_t count,
  uint32_t *numbers);

/// A table of distinct keys, and look-ups in it; UINT32_MAX for a key that is not there.
typedef struct twin_index twin_index;
twin_index *twin_index_make(const uint64_t *keys, size_t count);
void twin_index_find(
  const twin_index *index, const uint64_t *keys, size_t count, uint32_t *numbers);
void twin_index_free(twin_index *index);

/// Orders rows by ascending keys; rows of equal keys stay in order.
void twin_sort(const int64_t *keys, size_t count, uint32_t *rows);

/// Decides each text: 1 where a needle of ASCII in lower case lies in it in any letter case, and,
/// for whole terms, no letter or digit stands beside it.
void twin_search(
  const uint8_t *heap, const uint64_t *views, size_t count, const char *needle, bool whole_terms,
  uint8_t *results);

/// Adds up the keys of all terms of three or more letters and digits in texts of ASCII; the key is
/// that of the engine's filters.
uint64_t twin_term_keys(
  const uint8_t *heap, const uint64_t *views, size_t count, size_t *terms);
/// Counts the chunks that may hold each of the keys, by filters that lie bit by bit side by side.
size_t twin_probe(
  const uint8_t *filters, size_t groups, size_t chunks, const uint64_t *keys, size_t count);

/// Prints numbers, one a line; returns the bytes written.
size_t twin_print_longs(const int64_t *values, size_t count, char *out);
/// Prints instants (ticks of 100 ns since year 1) as 2020-01-02T03:04:05.6000000Z, one a line.
size_t twin_print_datetimes(const int64_t *ticks, size_t count, char *out);

/// The columns that twin_parse_events fills; codes count into the texts of a column, which are
/// numbered in the order in which they come.
typedef struct {
  int64_t *times;
  int64_t *ids;
  uint32_t *device_codes, *file_codes, *line_codes;
  size_t devices, files, lines;
} twin_columns;

/// Parses lines of `{"Timestamp":…,"DeviceName":…,"FileName":…,"ProcessId":…,
/// "ProcessCommandLine":…}` strictly, in any order of the keys, into columns; checks that the
/// text is UTF-8. Returns the rows, or SIZE_MAX where a line is none.
size_t twin_parse_events(const uint8_t *text, size_t count, twin_columns *columns);

/// A hash of bytes, to hold results against each other.
uint64_t twin_digest(const void *bytes, size_t count);

#endif
