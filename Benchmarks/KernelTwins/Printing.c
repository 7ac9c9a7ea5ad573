// Twins of printing numbers and instants.
#include "KernelTwins.h"
#include <string.h>

static const char pairs[] =
  "00010203040506070809101112131415161718192021222324252627282930313233343536373839"
  "40414243444546474849505152535455565758596061626364656667686970717273747576777879"
  "8081828384858687888990919293949596979899";

static inline void two(unsigned value, char *out) { memcpy(out, pairs + value * 2, 2); }

static inline size_t digits(uint64_t value) {
  static const uint64_t powers[20] = {
    0, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000u,
    100000000000u, 1000000000000u, 10000000000000u, 100000000000000u, 1000000000000000u,
    10000000000000000u, 100000000000000000u, 1000000000000000000u, 10000000000000000000u,
  };
  // log2 * log10(2), one too high at most.
  unsigned guess = (64 - (unsigned)__builtin_clzll(value | 1)) * 1233 >> 12;
  return guess + (value >= powers[guess]);
}

size_t twin_print_longs(const int64_t *values, size_t count, char *out) {
  char *at = out;
  for (size_t i = 0; i < count; i++) {
    uint64_t rest = (uint64_t)values[i];
    if (values[i] < 0) {
      *at++ = '-';
      rest = -rest;
    }
    size_t length = digits(rest);
    char *end = at + length, *place = end;
    while (rest >= 100) {
      place -= 2;
      two((unsigned)(rest % 100), place);
      rest /= 100;
    }
    if (rest >= 10) {
      two((unsigned)rest, place - 2);
    } else {
      place[-1] = (char)('0' + rest);
    }
    *end = '\n';
    at = end + 1;
  }
  return (size_t)(at - out);
}

size_t twin_print_datetimes(const int64_t *ticks, size_t count, char *out) {
  char *at = out;
  for (size_t i = 0; i < count; i++, at += 29) {
    uint64_t whole = (uint64_t)ticks[i] / 10000000;
    uint32_t fraction = (uint32_t)((uint64_t)ticks[i] % 10000000);
    uint32_t day = (uint32_t)(whole / 86400), second = (uint32_t)(whole % 86400);
    // Days from 0000-03-01 on, whose years end with their leap days.
    uint32_t z = day + 306, era = z / 146097, in_era = z % 146097;
    uint32_t year_of_era = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    uint32_t in_year = in_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    uint32_t shifted = (5 * in_year + 2) / 153;
    uint32_t date = in_year - (153 * shifted + 2) / 5 + 1;
    uint32_t month = shifted < 10 ? shifted + 3 : shifted - 9;
    uint32_t year = year_of_era + era * 400 + (month <= 2);
    memcpy(at, "0000-00-00T00:00:00.0000000Z\n", 29);
    two(year / 100, at);
    two(year % 100, at + 2);
    two(month, at + 5);
    two(date, at + 8);
    two(second / 3600, at + 11);
    two(second / 60 % 60, at + 14);
    two(second % 60, at + 17);
    at[20] = (char)('0' + fraction / 1000000);
    two(fraction / 10000 % 100, at + 21);
    two(fraction / 100 % 100, at + 23);
    two(fraction % 100, at + 25);
  }
  return (size_t)(at - out);
}
