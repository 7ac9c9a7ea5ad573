import Columnar

/// Numbers of chance that differ between rows, between calls and between workers.
struct ChanceStream {
  private let seed: UInt64
  private var position: UInt64

  /// Continues the numbers of a call site.
  ///
  /// The place of the site in memory tells the workers of one call apart.
  init(_ site: CallSite) {
    let place = UInt64(UInt(bitPattern: ObjectIdentifier(site)))
    let call = mixedWord(UInt64(truncatingIfNeeded: site.range.lowerBound) &+ 1)
    seed = mixedWord(site.constants.randomSeed ^ call ^ mixedWord(place))
    position = UInt64(truncatingIfNeeded: site.rowsSoFar)
  }

  mutating func next() -> UInt64 {
    position &+= 1
    return mixedWord(seed &+ position &* 0x9E37_79B9_7F4A_7C15)
  }
}

extension ScalarFunction {
  /// Functions of chance.
  static let randomFamily: [ScalarFunction] = [random, newGUID]

  static let random = ScalarFunction(
    "rand",
    "number?",
    naming: .firstArgument,
    "Draws a real from 0 up to 1, or a whole number from 0 up to a bound, anew in each row.",
    examples: [
      Example("print rand() < 1", "true"), Example("print rand(1)", "0.0"),
    ],
    isDeterministic: false,
    kernels: [
      ScalarKernel([.type(.long)], minimumCount: 0, result: .real) { call in
        var stream = ChanceStream(call.site)
        let bounds = call.arguments.first.map { FixedReader<Int64>($0) }
        let builder = FixedBuilder<Double>(capacity: call.count)
        for row in 0..<call.count {
          let share = Double(stream.next() &>> 11) * 0x1p-53
          let bound = bounds.map { Double($0[row]) } ?? 1
          builder.append(bound > 1 ? (share * bound).rounded(.down) : bounds == nil ? share : 0)
        }
        call.site.rowsSoFar += call.count
        return builder.finish()
      }
    ]
  )

  static let newGUID = ScalarFunction(
    "new_guid",
    "",
    "Makes a random identifier, anew in each row.",
    examples: [
      Example("print strlen(tostring(new_guid()))", "36"),
      Example("print new_guid() == new_guid()", "false"),
    ],
    isDeterministic: false,
    kernels: [
      ScalarKernel([], result: .guid) { call in
        var stream = ChanceStream(call.site)
        let builder = FixedBuilder<GUID>(capacity: call.count)
        for _ in 0..<call.count {
          let high = stream.next() & ~0xF000 | 0x4000
          builder.append(GUID(high: high, low: stream.next() &>> 2 | 1 &<< 63))
        }
        call.site.rowsSoFar += call.count * 2
        return builder.finish()
      }
    ]
  )
}
