import Columnar

/// Converts literals to the type of the column that they stand in, as `datatable` does.
enum ScalarConversion {
  /// The value in a type; nil where it has none there.
  static func convert(_ value: Scalar, to type: ScalarType) -> Scalar? {
    if value.type == type { return value }
    if case .null = value { return .missing(type) }
    switch type {
    case .int: return whole(value).map { .int(Int32(truncatingIfNeeded: $0)) }
    case .long: return whole(value).map(Scalar.long)
    case .real: return real(value).map(Scalar.real)
    case .bool: return bool(value)
    case .string: return text(value).map { .string(ByteString($0)) }
    case .dynamic: return dynamic(value)
    case .datetime, .timespan, .guid, .decimal:
      return text(value).flatMap { LiteralText.parse($0, type) }
    }
  }

  private static func whole(_ value: Scalar) -> Int64? {
    switch value {
    case .int(let number): Int64(number)
    case .long(let number): number
    case .real(let number): Int64(exactly: number.rounded(.towardZero))
    case .bool(let truth): truth ? 1 : 0
    case .string(let text): LiteralText.parseLong(text.text)
    case .datetime(let time): time.ticks
    case .timespan(let time): time.ticks
    default: nil
    }
  }

  private static func real(_ value: Scalar) -> Double? {
    switch value {
    case .int(let number): Double(number)
    case .long(let number): Double(number)
    case .bool(let truth): truth ? 1 : 0
    case .string(let text): LiteralText.parseReal(text.text)
    default: nil
    }
  }

  private static func bool(_ value: Scalar) -> Scalar? {
    switch value {
    case .string(let text): LiteralText.parse(text.text, .bool)
    default: whole(value).map { .bool($0 != 0) }
    }
  }

  private static func text(_ value: Scalar) -> String? { Binder.plainText(value) }

  /// The value as a dynamic one; a text stays a text.
  static func dynamic(_ value: Scalar) -> Scalar? {
    var writer = DynamicWriter()
    switch value {
    case .bool(let truth): writer.append(bool: truth)
    case .int(let number): writer.append(long: Int64(number))
    case .long(let number): writer.append(long: number)
    case .real(let number): writer.append(real: number)
    case .decimal(let number): writer.append(decimal: number)
    case .string(let text): writer.append(string: text.bytes)
    case .datetime(let time): writer.append(datetime: time)
    case .timespan(let time): writer.append(timespan: time)
    case .guid(let id): writer.append(guid: id)
    case .dynamic: return value
    case .null: return .null(.dynamic)
    }
    return .dynamic(writer.value())
  }
}
