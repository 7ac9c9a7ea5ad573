/// The look of each style on the terminal.
public struct Palette: Sendable {
  private var sequences: [TextStyle: [UInt8]] = [:]

  /// Sets the parameters of "select graphic rendition" by style, such as `"1;34"`.
  ///
  /// Styles that are missing are shown plain, and so are those whose parameters hold anything but
  /// digits and semicolons.
  public init(_ parameters: [TextStyle: String]) {
    for (style, text) in parameters {
      let isSafe = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x3B }
      if isSafe, !text.isEmpty { sequences[style] = Array("\u{1B}[\(text)m".utf8) }
    }
  }

  /// The sixteen colours that every terminal themes itself.
  public static let colours = Palette([
    .keyword: "1;34", .operator: "36", .function: "33", .string: "32", .number: "35",
    .comment: "90", .error: "4;31", .prompt: "1", .escaped: "7", .faint: "90", .selected: "7",
  ])

  /// No colours; only what must be told apart is shown in reverse.
  public static let monochrome = Palette([.escaped: "7", .selected: "7"])

  static let reset: [UInt8] = Array("\u{1B}[0m".utf8)

  /// The sequence that starts a style; nil for plain text.
  func sequence(of style: TextStyle) -> [UInt8]? { sequences[style] }
}
