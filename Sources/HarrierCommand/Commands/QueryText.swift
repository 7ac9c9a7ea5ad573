import ArgumentParser
import FileAccess
import SourceText

/// Where the text of a query comes from.
struct QueryText: ParsableArguments {
  @Argument(help: "The query text.")
  var text: String?

  @Option(name: [.customShort("f"), .long], help: "A file with the query; - for standard input.")
  var file: String?

  /// The most bytes of a query text.
  private static let limitBytes = 16 << 20

  func validate() throws {
    if (text == nil) == (file == nil) {
      throw ValidationError("Give either a query text or --file FILE.")
    }
  }

  /// Reads the text.
  func read() throws -> SourceText {
    if let text { return SourceText(text) }
    let path = file ?? "-"
    let bytes = try LocalFileSystem().readAll(path, limitBytes: Self.limitBytes)
    return SourceText(bytes: bytes, name: path == "-" ? "<stdin>" : path)
  }
}
