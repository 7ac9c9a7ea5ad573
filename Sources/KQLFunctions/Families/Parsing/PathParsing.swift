import Columnar

extension ScalarFunction {
  static let pathParsingFamily: [ScalarFunction] = [parsePath, parseVersion]

  static let parsePath = ScalarFunction(
    "parse_path",
    "path",
    "Takes a file path apart into a bag of its parts.",
    examples: [
      Example("print tostring(parse_path(@\"C:\\temp\\file.txt\").DirectoryPath)", "C:\\temp"),
      Example(
        "print parse_path(\"/usr/lib/temp/file.txt\")",
        "{\"Scheme\":\"\",\"RootPath\":\"\",\"DirectoryPath\":\"/usr/lib/temp\","
          + "\"DirectoryName\":\"temp\",\"Filename\":\"file.txt\",\"Extension\":\"txt\","
          + "\"AlternateDataStreamName\":\"\"}"
      ),
    ],
    kernels: [
      .dynamic { (path: TextView, writer: inout DynamicWriter) in PathParts(path).write(to: &writer)
      }
    ]
  )

  static let parseVersion = ScalarFunction(
    "parse_version",
    "version",
    "Converts one to four numbers of up to eight digits to a decimal that orders versions.",
    examples: [
      Example("print parse_version(\"0.0.7.0\")", "700000000"),
      Example("print parse_version(\"1.2.x\")", "null"),
    ],
    kernels: [
      .map { (version: TextView) -> Decimal128? in
        var digits: [UInt8] = []
        var parts = 0
        var isValid = true
        let dot = [UInt8(ascii: ".")]
        dot.withTextView { delimiter in
          version.forEachPart(between: delimiter) { part, _ in
            parts += 1
            isValid = isValid && part.count <= 8 && part.decimalNumber != nil && parts <= 4
            if isValid { digits += Array(repeating: 0x30, count: 8 - part.count) + part.bytes }
          }
        }
        guard isValid else { return nil }
        digits += Array(repeating: 0x30, count: (4 - parts) * 8)
        return Decimal128(parsing: digits)
      }
    ]
  )
}

/// The parts of a path of Windows or Unix, or of a file URL.
private struct PathParts {
  var scheme: TextView
  var root: TextView
  var directory: TextView
  var directoryName: TextView
  var filename: TextView
  var fileExtension: TextView
  var stream: TextView

  init(_ text: TextView) {
    let empty = text.part(0, 0)
    (scheme, root, directory, directoryName) = (empty, empty, empty, empty)
    (fileExtension, stream) = (empty, empty)
    var path = text
    if let colon = text.firstOffset(ofByte: UInt8(ascii: ":")), colon > 1,
      text.suffix(from: colon).hasPrefix("://")
    {
      scheme = text.part(0, colon)
      path = text.suffix(from: colon + 3)
    }
    let hasDrive =
      path.count >= 2 && path[1] == UInt8(ascii: ":") && (path[0] | 0x20) &- 0x61 < 26
    if hasDrive, path.count > 2, Self.isSeparator(path[2]) { root = path.part(0, 3) }
    filename = path
    if let separator = Self.lastSeparator(path) {
      filename = path.suffix(from: separator + 1)
      directory = path.part(0, max(separator, root.count))
      directoryName =
        Self.lastSeparator(directory).map { directory.suffix(from: $0 + 1) } ?? directory
      if directory.count == root.count { directoryName = empty }
    }
    let isDriveOnly = hasDrive && directory.count == 0 && root.count == 0
    if let colon = filename.lastOffset(ofByte: UInt8(ascii: ":")), !(isDriveOnly && colon == 1) {
      stream = filename.suffix(from: colon + 1)
      filename = filename.part(0, colon)
    }
    if let dot = filename.lastOffset(ofByte: UInt8(ascii: ".")) {
      fileExtension = filename.suffix(from: dot + 1)
    }
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\")
  }

  private static func lastSeparator(_ text: TextView) -> Int? {
    var offset = text.count - 1
    while offset >= 0 {
      if isSeparator(text[offset]) { return offset }
      offset -= 1
    }
    return nil
  }

  func write(to writer: inout DynamicWriter) {
    writer.beginBag()
    writer.appendMember("Scheme", scheme)
    writer.appendMember("RootPath", root)
    writer.appendMember("DirectoryPath", directory)
    writer.appendMember("DirectoryName", directoryName)
    writer.appendMember("Filename", filename)
    writer.appendMember("Extension", fileExtension)
    writer.appendMember("AlternateDataStreamName", stream)
    writer.endBag()
  }
}
