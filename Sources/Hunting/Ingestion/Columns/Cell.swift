import Columnar

/// A value of a record, where it lies in the file or in a scratch buffer.
struct Cell {
  /// What the file says that the value is.
  enum Kind: UInt8 {
    /// A CSV field: its type is open.
    case field
    /// A JSON string, without quotes and escapes.
    case string
    /// A JSON number, `true` or `false`, as written.
    case number
    case `true`
    case `false`
    /// A JSON null.
    case null
    /// A JSON object or array, as written.
    case container
    /// A JSON string that still has its escapes; only while its row is being read.
    case escapedString
  }

  let kind: Kind
  let text: TextView

  /// Whether there is no value: a null, or an empty text.
  @inline(__always) var isMissing: Bool { kind == .null || text.count == 0 }

  /// Whether the text is a JSON value as it stands, or an object or array inside of a string.
  var holdsJSON: Bool {
    switch kind {
    case .null: false
    case .number, .true, .false, .container, .field: true
    case .string, .escapedString:
      switch text.buffer.first(where: { $0 > 0x20 }) {
      case UInt8(ascii: "{"), UInt8(ascii: "["): true
      default: false
      }
    }
  }
}
