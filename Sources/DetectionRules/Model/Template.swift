/// A text of a rule with places for values of the event: `{{Column}}`.
public struct Template: Sendable, Equatable {
  public enum Piece: Sendable, Equatable {
    case text(String)
    case column(String)
  }

  /// The text as the rule has it.
  public let source: String
  public let pieces: [Piece]

  public init(_ source: String) {
    self.source = source
    pieces = Self.split(source)
  }

  /// The columns, each once, in the order in which they first occur.
  public var columns: [String] {
    var seen: Set<String> = []
    return pieces.compactMap { piece in
      guard case .column(let name) = piece, seen.insert(name).inserted else { return nil }
      return name
    }
  }

  /// The text with values in their places; a value becomes text as it is, never again a place, but
  /// in URLs, where it is percent-encoded.
  public func rendered(_ value: (String) -> String) -> String {
    pieces.reduce(into: "") { text, piece in
      switch piece {
      case .text(let more): text += more
      case .column(let name):
        let value = value(name)
        text += URLText.isOpen(text) ? URLText.part(value) : URLText.whole(value)
      }
    }
  }

  private static func split(_ source: String) -> [Piece] {
    var pieces: [Piece] = []
    var text: [UInt8] = []
    let bytes = Array(source.utf8)
    var position = 0
    while position < bytes.count {
      if let (name, end) = column(bytes, at: position) {
        if !text.isEmpty { pieces.append(.text(String(decoding: text, as: UTF8.self))) }
        text = []
        pieces.append(.column(name))
        position = end
      } else {
        text.append(bytes[position])
        position += 1
      }
    }
    if !text.isEmpty { pieces.append(.text(String(decoding: text, as: UTF8.self))) }
    return pieces
  }

  /// The name in the braces that start at a place, and the place behind them.
  private static func column(_ bytes: [UInt8], at start: Int) -> (String, Int)? {
    let brace = UInt8(ascii: "{")
    guard start + 3 < bytes.count, bytes[start] == brace, bytes[start + 1] == brace else {
      return nil
    }
    var end = start + 2
    while end < bytes.count, isName(bytes[end]) || bytes[end] == 0x20 { end += 1 }
    guard end + 1 < bytes.count, bytes[end] == UInt8(ascii: "}"),
      bytes[end + 1] == UInt8(ascii: "}")
    else { return nil }
    let names = bytes[start + 2..<end].split(separator: 0x20)
    return names.count == 1 ? (String(decoding: names[0], as: UTF8.self), end + 2) : nil
  }

  private static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"): true
    default: byte >= 0x80
    }
  }
}
