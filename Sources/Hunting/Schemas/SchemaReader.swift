import Columnar

/// Reads the compact form of the built-in schemas; `generate.py` describes it.
struct SchemaReader: Sendable {
  /// Where the references of one table lie.
  struct Entry: Sendable {
    let timeColumn: String?
    let successor: String?
    /// The bytes of its references in the text of the group.
    let references: Range<Int>
  }

  /// The tables of one origin by name.
  struct Group: Sendable {
    fileprivate let text: [UInt8]
    let entries: [String: Entry]
  }

  private let columns: [ColumnSchema]
  let xdr: Group
  let sentinel: Group

  /// The one reader of the process; made at first use.
  static let shared = SchemaReader()

  private init() {
    columns = Self.joined(SchemaText.columns).split(separator: UInt8(ascii: ","))
      .map(Self.column)
    xdr = Self.group(SchemaText.xdr)
    sentinel = Self.group(SchemaText.sentinel)
  }

  /// Reads the columns of one table.
  func columns(of entry: Entry, in group: Group) -> [ColumnSchema] {
    var found: [ColumnSchema] = []
    var index = 0
    var scale = 1
    for byte in group.text[entry.references] {
      let digit = Self.digit(byte)
      // Each further digit starts at one, so that no number has two forms.
      index += scale * (scale == 1 ? digit & 31 : (digit & 31) + 1)
      scale *= 32
      if digit >= 32 { continue }
      if columns.indices.contains(index) { found.append(columns[index]) }
      index = 0
      scale = 1
    }
    return found
  }

  private static func group(_ texts: [String]) -> Group {
    let all = joined(texts)
    var entries: [String: Entry] = [:]
    for line in all.split(separator: UInt8(ascii: ",")) {
      let fields = line.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
      guard fields.count == 4 else { continue }
      entries[text(fields[0])] = Entry(
        timeColumn: fields[1].isEmpty ? nil : text(fields[1]),
        successor: fields[2].isEmpty ? nil : text(fields[2]),
        references: fields[3].indices
      )
    }
    return Group(text: all, entries: entries)
  }

  private static func column(_ bytes: ArraySlice<UInt8>) -> ColumnSchema {
    ColumnSchema(text(bytes.dropFirst()), type(bytes.first ?? 0))
  }

  private static func type(_ letter: UInt8) -> ScalarType {
    switch letter {
    case UInt8(ascii: "b"): .bool
    case UInt8(ascii: "i"): .int
    case UInt8(ascii: "l"): .long
    case UInt8(ascii: "r"): .real
    case UInt8(ascii: "m"): .decimal
    case UInt8(ascii: "d"): .datetime
    case UInt8(ascii: "t"): .timespan
    case UInt8(ascii: "g"): .guid
    case UInt8(ascii: "y"): .dynamic
    default: .string
    }
  }

  /// The value of a digit of base 64: A to Z, a to z, 0 to 9, `-`, `_`.
  private static func digit(_ byte: UInt8) -> Int {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(byte) - 65
    case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(byte) - 71
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte) + 4
    case UInt8(ascii: "-"): 62
    default: 63
    }
  }

  /// Joins the parts of a text; an entry may begin in one part and end in the next.
  private static func joined(_ parts: [String]) -> [UInt8] {
    parts.flatMap { $0.utf8.filter { $0 != UInt8(ascii: "\n") } }
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}
