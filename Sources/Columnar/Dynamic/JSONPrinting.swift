import CSIMD

extension DynamicView {
  /// Appends the value as JSON without blanks, as `tostring` of an array or bag prints it; with
  /// `sortedNames` keys are in byte order at all levels, as `dynamic_to_json` prints it.
  ///
  /// What JSON has no form for is printed as a string: times, guids, decimals, NaN, infinities.
  public func writeJSON(into sink: inout ByteSink, sortedNames: Bool = false) {
    writeJSON(into: &sink, sortedNames: sortedNames, depth: 0)
  }

  /// Appends the value as `tostring` prints it: a string or time without quotes, null as nothing,
  /// arrays and bags as JSON.
  public func writeText(into sink: inout ByteSink) {
    switch kind {
    case .null: return
    case .string: if let string { sink.append(string) }
    case .datetime, .timespan, .guid, .decimal: writeScalar(into: &sink)
    case .bool, .long, .real, .array, .bag: writeJSON(into: &sink)
    }
  }

  private func writeJSON(into sink: inout ByteSink, sortedNames: Bool, depth: Int) {
    guard depth <= DynamicLimit.depth else { return sink.append("null") }
    switch kind {
    case .null: sink.append("null")
    case .bool: sink.append(bool == true ? "true" : "false")
    case .long: sink.append(long: long ?? 0)
    case .real: sink.append(jsonReal: real ?? 0)
    case .string: if let string { sink.append(jsonString: string) }
    case .datetime, .timespan, .guid, .decimal:
      sink.append(UInt8(ascii: "\""))
      writeScalar(into: &sink)
      sink.append(UInt8(ascii: "\""))
    case .array: writeArray(into: &sink, sortedNames: sortedNames, depth: depth &+ 1)
    case .bag:
      let members = sortedNames ? sortedMembers : Array(self.members)
      writeBag(members, into: &sink, sortedNames: sortedNames, depth: depth &+ 1)
    }
  }

  private func writeScalar(into sink: inout ByteSink) {
    if let datetime { sink.append(datetime: datetime) }
    if let timespan { sink.append(timespan: timespan) }
    if let guid { sink.append(guid: guid) }
    if let decimal { sink.append(decimal: decimal) }
  }

  private func writeArray(into sink: inout ByteSink, sortedNames: Bool, depth: Int) {
    var isFirst = true
    sink.append(UInt8(ascii: "["))
    for element in elements {
      if !isFirst { sink.append(UInt8(ascii: ",")) }
      isFirst = false
      element.writeJSON(into: &sink, sortedNames: sortedNames, depth: depth)
    }
    sink.append(UInt8(ascii: "]"))
  }

  private typealias Member = (key: UnsafeBufferPointer<UInt8>, value: DynamicView)

  private var sortedMembers: [Member] {
    members.sorted { compareBytes($0.key, $1.key) < 0 }
  }

  private func writeBag(
    _ members: [Member],
    into sink: inout ByteSink,
    sortedNames: Bool,
    depth: Int
  ) {
    var isFirst = true
    sink.append(UInt8(ascii: "{"))
    for member in members {
      if !isFirst { sink.append(UInt8(ascii: ",")) }
      isFirst = false
      sink.append(jsonString: member.key)
      sink.append(UInt8(ascii: ":"))
      member.value.writeJSON(into: &sink, sortedNames: sortedNames, depth: depth)
    }
    sink.append(UInt8(ascii: "}"))
  }
}

extension ByteSink {
  /// Appends a real as a JSON number; NaN and infinities as strings.
  public mutating func append(jsonReal value: Double) {
    if value.isNaN {
      append("\"NaN\"")
    } else if value.isInfinite {
      append(value < 0 ? "\"-Infinity\"" : "\"Infinity\"")
    } else {
      append(real: value)
    }
  }

  /// Appends a text in quotes with the escapes that JSON demands; other bytes stay as they are.
  public mutating func append(jsonString text: UnsafeBufferPointer<UInt8>) {
    append(UInt8(ascii: "\""))
    if let start = text.baseAddress {
      var index = 0
      while index < text.count {
        let run = Self.plainCount(start + index, count: text.count &- index)
        append(UnsafeBufferPointer(start: start + index, count: run))
        index &+= run
        if index < text.count { append(escaped: start[index]) }
        index &+= 1
      }
    }
    append(UInt8(ascii: "\""))
  }

  /// The number of bytes before the first that needs an escape.
  private static func plainCount(_ start: UnsafePointer<UInt8>, count: Int) -> Int {
    var index = 0
    while count &- index >= 16 {
      let mask = csimd_json_stop_mask16(start + index)
      if mask != 0 { return index &+ mask.trailingZeroBitCount }
      index &+= 16
    }
    while index < count {
      let byte = start[index]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
      index &+= 1
    }
    return index
  }

  private mutating func append(escaped byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append("\\\"")
    case UInt8(ascii: "\\"): append("\\\\")
    case 0x0A: append("\\n")
    case 0x0D: append("\\r")
    case 0x09: append("\\t")
    case 0x08: append("\\b")
    case 0x0C: append("\\f")
    default:
      append("\\u00")
      for digit in [byte &>> 4, byte & 15] {
        append(digit < 10 ? digit &+ UInt8(ascii: "0") : digit &+ (UInt8(ascii: "a") &- 10))
      }
    }
  }
}
