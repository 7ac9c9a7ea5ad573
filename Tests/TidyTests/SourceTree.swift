import Foundation

/// The Swift sources of the repository, as text.
struct SourceTree {
  struct File {
    /// Path below the repository.
    let path: String
    let lines: [String]
    /// The target below `Sources`, or nil for tests.
    let target: String?
  }

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static let sources = files(below: "Sources")
  static let tests = files(below: "Tests")

  private static func files(below folder: String) -> [File] {
    let base = root.appendingPathComponent(folder)
    let found = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil)
    let urls = (found?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
    return urls.sorted { $0.path < $1.path }.compactMap { url in
      guard let text = try? String(contentsOf: url, encoding: .utf8) else { return nil }
      let path = String(url.path.dropFirst(root.path.count + 1))
      let parts = path.split(separator: "/")
      return File(
        path: path,
        lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init),
        target: folder == "Sources" && parts.count > 2 ? String(parts[1]) : nil
      )
    }
  }
}

extension SourceTree.File {
  /// Whether the file is made by a generator.
  var isGenerated: Bool {
    path.contains("/Generated/") || lines.first?.contains("Generated") ?? false
  }

  /// A line without its comment and the contents of its string literals.
  static func code(_ line: String) -> String {
    var code = ""
    var isQuoted = false
    var previous: Character = " "
    for character in line {
      if character == "\"", previous != "\\" { isQuoted.toggle() }
      if !isQuoted {
        if character == "/", previous == "/" { return String(code.dropLast()) }
        code.append(character)
      }
      previous = character
    }
    return code
  }
}
