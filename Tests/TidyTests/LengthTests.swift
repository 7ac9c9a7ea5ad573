import Testing

/// Holds files, functions and lines to their lengths.
struct LengthTests {
  @Test("no file is longer than 600 lines, tests 800") func fileLengths() {
    for file in SourceTree.sources where !file.isGenerated && file.lines.count > 600 {
      Issue.record("\(file.path) has \(file.lines.count) lines")
    }
    for file in SourceTree.tests where file.lines.count > 800 {
      Issue.record("\(file.path) has \(file.lines.count) lines")
    }
  }

  @Test("nine files of ten have at most 350 lines") func fileLengthSpread() {
    let counts = SourceTree.sources.filter { !$0.isGenerated }.map(\.lines.count).sorted()
    #expect(counts[counts.count * 9 / 10] <= 350)
  }

  @Test("lines have at most 100 columns") func lineLengths() {
    for file in SourceTree.sources where !file.isGenerated {
      for (index, line) in file.lines.enumerated() where line.count > 100 {
        if line.hasPrefix("/// |") { continue }
        Issue.record("\(file.path):\(index + 1) has \(line.count) columns")
      }
    }
  }

  @Test("functions have at most 50 lines") func functionLengths() {
    for file in SourceTree.sources where !file.isGenerated {
      for function in Self.functions(file) where function.length > 50 {
        Issue.record("\(file.path):\(function.line) is \(function.length) lines long")
      }
    }
  }

  /// Functions by the indentation of `func` or `init` and of the brace that closes them.
  private static func functions(_ file: SourceTree.File) -> [(line: Int, length: Int)] {
    var found: [(line: Int, length: Int)] = []
    for (index, line) in file.lines.enumerated() {
      let body = line.drop { $0 == " " }
      let words = body.split(separator: " ").prefix(5)
      guard words.contains("func") || words.contains(where: { $0.hasPrefix("init(") }),
        !body.hasPrefix("//"), !body.hasPrefix(".")
      else { continue }
      guard Self.hasBody(file.lines, from: index, indentation: line.count - body.count) else {
        continue
      }
      let closing = String(line.prefix(line.count - body.count)) + "}"
      guard let end = file.lines[index...].firstIndex(of: closing) else { continue }
      found.append((index + 1, end - index + 1))
    }
    return found
  }

  /// Whether the signature that starts at a line ends with an opening brace.
  private static func hasBody(_ lines: [String], from start: Int, indentation: Int) -> Bool {
    for line in lines[start...].prefix(20) {
      if line.hasSuffix("{") { return true }
      let isContinued = line.hasSuffix("(") || line.hasSuffix(",")
      let isInside = line.prefix { $0 == " " }.count > indentation
      let closes = line.drop { $0 == " " }.hasPrefix(")")
      if !isContinued, !isInside, !closes { return false }
    }
    return false
  }
}
