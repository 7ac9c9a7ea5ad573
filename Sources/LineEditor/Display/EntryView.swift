/// What is to be shown: an entry with its cursor, and lines below it.
struct EntryView {
  var text: [UInt8]
  /// Offset into the text.
  var cursor: Int
  var styles: [StyledRange] = []
  var prompt: [UInt8]
  var continuationPrompt: [UInt8]
  var footer: [FooterLine] = []
}

/// A line below the text, cut at the width of the screen.
struct FooterLine {
  private(set) var pieces: [(text: [UInt8], style: TextStyle)] = []

  /// Makes an empty line.
  init() {}

  /// Makes a line of one piece.
  init(_ text: String, _ style: TextStyle) { append(Array(text.utf8), style) }

  /// Adds a piece.
  mutating func append(_ text: [UInt8], _ style: TextStyle) { pieces.append((text, style)) }
}

/// The cells of a screen.
struct ScreenSize: Equatable {
  let columns: Int
  let rows: Int

  /// Takes what a terminal says, or something that can be drawn on where it says nonsense.
  init(columns: Int, rows: Int) {
    self.columns = min(max(columns, TextUnit.widest + 2), 2_000)
    self.rows = min(max(rows, 1), 2_000)
  }
}
