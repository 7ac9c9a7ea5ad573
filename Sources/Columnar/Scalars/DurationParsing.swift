extension TimeSpan {
  /// Reads an ISO 8601 duration of days and less, such as `PT5M`, `P14D` or `P1DT12H30M`; weeks
  /// (`P2W`) stand alone. nil for anything else, years and months included, whose lengths vary.
  public init?(duration text: [UInt8]) {
    var rest = text[...]
    guard rest.popFirst() == UInt8(ascii: "P") else { return nil }
    var units: [(UInt8, Int64)] = [
      (UInt8(ascii: "W"), 7 * Self.ticksPerDay), (UInt8(ascii: "D"), Self.ticksPerDay),
    ]
    var ticks: Int64 = 0
    var parts = 0
    var isInTime = false
    while let byte = rest.first {
      if byte == UInt8(ascii: "T"), !isInTime {
        rest.removeFirst()
        isInTime = true
        parts = 0
        units = [
          (UInt8(ascii: "H"), Self.ticksPerHour), (UInt8(ascii: "M"), Self.ticksPerMinute),
          (UInt8(ascii: "S"), Self.ticksPerSecond),
        ]
        continue
      }
      guard let value = Self.number(&rest), let unit = rest.popFirst(),
        let index = units.firstIndex(where: { $0.0 == unit })
      else { return nil }
      let (product, overflows) = value.multipliedReportingOverflow(by: units[index].1)
      let (sum, isTooLong) = ticks.addingReportingOverflow(product)
      if overflows || isTooLong { return nil }
      ticks = sum
      parts += 1
      units.removeFirst(unit == UInt8(ascii: "W") ? units.count : index + 1)
    }
    // Neither `P`, `PT` nor a trailing `T` says how long.
    if parts == 0 { return nil }
    self.init(ticks: ticks)
  }

  private static func number(_ rest: inout ArraySlice<UInt8>) -> Int64? {
    var value: Int64?
    while let byte = rest.first, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
      rest.removeFirst()
      let (product, overflows) = (value ?? 0).multipliedReportingOverflow(by: 10)
      let (sum, isTooLarge) = product.addingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
      if overflows || isTooLarge { return nil }
      value = sum
    }
    return value
  }
}
