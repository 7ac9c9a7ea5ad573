import CSIMD
import Testing

/// Holds the forms of each kernel (portable, baseline, AVX2) against each other.
struct KernelTests {
  private let padding = [UInt8](repeating: 0x61, count: 64)

  @Test func formsOfThePairFilterAgree() {
    let seed = UInt64.random(in: 1...1_000_000)
    var random = SeededGenerator(seed: seed)
    for _ in 0..<3000 {
      let distance = UInt32.random(in: 0...9, using: &random)
      let count = Int.random(in: 0..<200, using: &random)
      let bytes =
        (0..<(count + Int(distance))).map { _ in UInt8.random(in: 0x61...0x66, using: &random) }
        + padding
      let pair = csimd_pair(
        first: 0x61,
        first_other: UInt8.random(in: 0x61...0x63, using: &random),
        second: 0x62,
        second_other: UInt8.random(in: 0x62...0x7A, using: &random),
        distance: distance
      )
      bytes.withUnsafeBufferPointer { buffer in
        let base = buffer.baseAddress
        let portable = csimd_find_pair_portable(base, count, pair)
        let places = collected(csimd_collect_pairs_portable, base, count, pair)
        if portable != csimd_find_pair_baseline(base, count, pair)
          || portable != csimd_find_pair(base, count, pair)
          || places != collected(csimd_collect_pairs_baseline, base, count, pair)
          || places != collected(csimd_collect_pairs, base, count, pair)
          || places.first.map(Int.init) ?? count != portable
        {
          Issue.record("seed \(seed)")
        }
      }
    }
  }

  private typealias Collect = (
    UnsafePointer<UInt8>?, Int, Int, csimd_pair, UnsafeMutablePointer<UInt32>?, Int,
    UnsafeMutablePointer<Int>?
  ) -> Int

  /// All places, fetched with room for few at a time.
  private func collected(
    _ collect: Collect,
    _ base: UnsafePointer<UInt8>?,
    _ count: Int,
    _ pair: csimd_pair
  ) -> [UInt32] {
    var all: [UInt32] = []
    var slots = [UInt32](repeating: 0, count: 80)
    var at = 0
    while at < count {
      var next = 0
      let found = collect(base, at, count, pair, &slots, slots.count, &next)
      all += slots[0..<found]
      at = next
    }
    return all
  }

  @Test func formsOfTheTermFilterAgree() {
    let seed = UInt64.random(in: 1...1_000_000)
    var random = SeededGenerator(seed: seed)
    let bloom = [UInt8](repeating: 0xFF, count: 8192)
    for _ in 0..<2000 {
      let count = Int.random(in: 0..<300, using: &random)
      let bytes =
        (0..<count).map { _ in
          [0x61, 0x62, 0x42, 0x20, 0x2E, 0x39, 0xC3][Int.random(in: 0..<7, using: &random)]
        }
        + padding
      var views: [UInt64] = []
      var at = 0
      while at < count {
        let length = min(Int.random(in: 0..<90, using: &random), count - at)
        views.append(UInt64(at) | UInt64(length) << 32)
        at += length + Int.random(in: 0..<3, using: &random)
      }
      var filter = csimd_term_filter()
      withUnsafeMutableBytes(of: &filter.low) { $0.copyBytes(from: repeatElement(0xFF, count: 48)) }
      withUnsafeMutableBytes(of: &filter.high) {
        $0.copyBytes(from: repeatElement(0xFF, count: 48))
      }
      // Only terms that start with a or A to O in the low half.
      filter.low.0.1 = UInt8.random(in: 0...1, using: &random)
      bloom.withUnsafeBufferPointer { bits in
        filter.bloom = bits.baseAddress
        let expected = terms(csimd_collect_terms_portable, bytes, views, filter)
        let found = terms(csimd_collect_terms, bytes, views, filter)
        if expected.starts != found.starts || expected.wideViews != found.wideViews {
          Issue.record("seed \(seed)")
        }
      }
    }
  }

  private typealias CollectTerms = (
    UnsafePointer<UInt8>?, UnsafePointer<UInt64>?, Int, UnsafeMutablePointer<csimd_term_cursor>?,
    UnsafePointer<csimd_term_filter>?, UnsafeMutablePointer<UInt64>?, Int
  ) -> Int

  /// The places of terms in values without wide bytes, and the values with such bytes.
  private func terms(
    _ collect: CollectTerms,
    _ bytes: [UInt8],
    _ views: [UInt64],
    _ filter: csimd_term_filter
  ) -> (starts: [Int], wideViews: Set<Int>) {
    var cursor = csimd_term_cursor()
    var kernelFilter = filter
    var slots = [UInt64](repeating: 0, count: 130)
    var places: [UInt64] = []
    while cursor.view < views.count {
      let found = collect(bytes, views, views.count, &cursor, &kernelFilter, &slots, slots.count)
      places += slots[0..<found]
    }
    func view(of place: Int) -> Int? {
      views.firstIndex {
        Int($0 & 0xFFFF_FFFF) <= place && place < Int($0 & 0xFFFF_FFFF) + Int($0 >> 32)
      }
    }
    let wide = Set(places.filter { $0 >> 32 != 0 }.compactMap { view(of: Int($0 & 0xFFFF_FFFF)) })
    let starts = places.filter { $0 >> 32 == 0 }.map { Int($0) }
      .filter { start in view(of: start).map { !wide.contains($0) } ?? false }
    return (starts, wide)
  }
}
