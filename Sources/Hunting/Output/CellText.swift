public import Columnar

/// Writes single values as people and other programs read them.
public enum CellText {
  /// Appends a value as people read it; a null is nothing, a text in a dynamic has no quotes.
  public static func append(_ value: Scalar, to sink: inout ByteSink) {
    switch value {
    case .null: break
    case .bool(let item): sink.append(text: item ? "true" : "false")
    case .int(let item): sink.append(text: String(item))
    case .long(let item): sink.append(text: String(item))
    case .real(let item): sink.append(real: item)
    case .decimal(let item): sink.append(decimal: item)
    case .string(let item): sink.append(item.bytes)
    case .datetime(let item): sink.append(datetime: item)
    case .timespan(let item): sink.append(timespan: item)
    case .guid(let item): sink.append(guid: item)
    case .dynamic(let item): item.withView { $0.writeText(into: &sink) }
    }
  }

  /// Appends a value as JSON: numbers and booleans as such, NaN and infinities, times and guids
  /// as text, dynamic as it is.
  public static func appendJSON(_ value: Scalar, to sink: inout ByteSink) {
    switch value {
    case .null: sink.append("null")
    case .bool, .int, .long, .decimal: append(value, to: &sink)
    case .dynamic(let item): item.withView { $0.writeJSON(into: &sink) }
    case .real(let item):
      if item.isFinite {
        sink.append(real: item)
      } else {
        sink.append(text: item.isNaN ? "\"NaN\"" : item > 0 ? "\"Infinity\"" : "\"-Infinity\"")
      }
    case .string(let item): JSONText.append(item.bytes, to: &sink)
    case .datetime, .timespan, .guid:
      sink.append(UInt8(ascii: "\""))
      append(value, to: &sink)
      sink.append(UInt8(ascii: "\""))
    }
  }
}
