import CSIMD

/// The tables by which one pass over a column finds the places where wanted terms may start.
///
/// The terms are dealt to eight buckets in the order of their first bytes, so that terms of one
/// bucket resemble each other and few foreign bytes pass.
struct TermFilter: Sendable {
  private var low: [[UInt8]]
  private var high: [[UInt8]]
  private var bloom: [UInt8]

  /// Makes a filter for ASCII terms in lower case.
  init(_ terms: [[UInt8]]) {
    low = Array(repeating: Array(repeating: 0, count: 16), count: 3)
    high = low
    bloom = [UInt8](repeating: 0, count: 8192)
    let ordered = terms.sorted { $0.lexicographicallyPrecedes($1) }
    for (number, term) in ordered.enumerated() {
      let bucket: UInt8 = 1 &<< UInt8(truncatingIfNeeded: number * 8 / ordered.count)
      for position in 0..<3 { admit(term, at: position, to: bucket) }
    }
    // The bloom filter needs three bytes of each term.
    if terms.contains(where: { $0.count < 3 }) {
      bloom = [UInt8](repeating: 0xFF, count: 8192)
    } else {
      for term in terms { addToBloom(term) }
    }
  }

  /// Gives the filter in the form that the kernel takes.
  func withKernelFilter<Result>(
    _ body: (UnsafePointer<csimd_term_filter>) -> Result
  ) -> Result {
    bloom.withUnsafeBufferPointer { bits in
      var filter = csimd_term_filter()
      filter.bloom = bits.baseAddress
      withUnsafeMutableBytes(of: &filter.low) { $0.copyBytes(from: low.joined()) }
      withUnsafeMutableBytes(of: &filter.high) { $0.copyBytes(from: high.joined()) }
      return withUnsafePointer(to: filter, body)
    }
  }

  /// Lets the byte at a position of a term pass in both cases; all bytes behind its end.
  private mutating func admit(_ term: [UInt8], at position: Int, to bucket: UInt8) {
    guard position < term.count else {
      for half in 0..<16 {
        low[position][half] |= bucket
        high[position][half] |= bucket
      }
      return
    }
    let lower = term[position]
    for byte in [lower, lower &- 0x61 < 26 ? lower & 0xDF : lower] {
      low[position][Int(byte & 15)] |= bucket
      high[position][Int(byte &>> 4)] |= bucket
    }
  }

  private mutating func addToBloom(_ term: [UInt8]) {
    let head = UInt32(term[0]) | UInt32(term[1]) &<< 8 | UInt32(term[2]) &<< 16
    let bit = Int(csimd_term_hash(head))
    bloom[bit / 8] |= 1 &<< UInt8(truncatingIfNeeded: bit % 8)
  }
}
