import Testing

/// Holds the sources to the bans of the house; each names what to use instead.
struct BanTests {
  private struct Ban {
    let text: String
    let instead: String
    /// Path prefixes in which it is allowed.
    var allowed: [String] = []
  }

  private static let bans: [Ban] = [
    Ban(text: "try!", instead: "handle the error"),
    Ban(text: "as!", instead: "a checked cast"),
    Ban(
      text: "fatalError(",
      instead: "unreachable(_:)",
      allowed: ["Sources/Columnar/Unreachable.swift"]
    ),
    Ban(text: "preconditionFailure(", instead: "unreachable(_:)"),
    Ban(text: " print(", instead: "Console, or a ByteOutput"),
    Ban(text: "Date()", instead: "Clock", allowed: ["Sources/FileAccess/"]),
    Ban(text: "FileManager", instead: "FileSystem", allowed: ["Sources/FileAccess/"]),
    Ban(text: "nonisolated(unsafe)", instead: "a lock or an immutable value"),
    Ban(text: "FIXME", instead: "an issue"),
    Ban(text: "TODO", instead: "an issue"),
  ]

  /// Files that hold raw memory; each says why it is safe.
  private static let uncheckedSendable: Set<String> = [
    "Sources/Columnar/Vectors/Buffer.swift", "Sources/Columnar/Scalars/ByteSink.swift",
    "Sources/Execution/Flow/FlowRunning.swift", "Sources/Execution/Joining/JoinKeys.swift",
    "Sources/Execution/Workers/OrderedWork.swift",
    "Sources/PatternMatching/CompiledPattern.swift",
    // Its lock lives until it goes.
    "Sources/Execution/Flow/BatchGate.swift",
    "Sources/Execution/Scanning/SegmentTurns.swift",
    // Mapped files are never written, writers of columns belong to one thread at a time, and
    // decode states are atomic.
    "Sources/Segments/Reading/Segment.swift", "Sources/Segments/Reading/DecodeStates.swift",
    "Sources/Segments/Reading/FilterReader.swift",
    "Sources/Segments/Writing/FixedColumnWriter.swift",
    "Sources/Segments/Text/TextColumnWriter.swift",
    // Mapped memory is read-only and lives until its owner goes.
    "Sources/FileAccess/Durable/MappedFile.swift",
  ]

  @Test("banned texts do not occur") func bans() {
    for file in SourceTree.sources where !file.isGenerated {
      for (index, line) in file.lines.enumerated() {
        let code = SourceTree.File.code(line)
        for ban in Self.bans where code.contains(ban.text) {
          if ban.allowed.contains(where: file.path.hasPrefix) { continue }
          Issue.record("\(file.path):\(index + 1) has \(ban.text); use \(ban.instead)")
        }
      }
    }
  }

  @Test("unchecked Sendable stays in listed files") func uncheckedSendable() {
    for file in SourceTree.sources where !Self.uncheckedSendable.contains(file.path) {
      for (index, line) in file.lines.enumerated() {
        if SourceTree.File.code(line).contains("@unchecked Sendable") {
          Issue.record("\(file.path):\(index + 1) is unchecked Sendable and not listed")
        }
      }
    }
  }

  @Test("no force unwrap") func forceUnwrap() {
    for file in SourceTree.sources where !file.isGenerated {
      for (index, line) in file.lines.enumerated() where Self.unwraps(SourceTree.File.code(line)) {
        Issue.record("\(file.path):\(index + 1) unwraps by force")
      }
    }
  }

  /// Whether a `!` stands behind a name, bracket or parenthesis and before no `=`.
  private static func unwraps(_ code: String) -> Bool {
    let characters = Array(code)
    for (index, character) in characters.enumerated() where character == "!" && index > 0 {
      let before = characters[index - 1]
      let after = index + 1 < characters.count ? characters[index + 1] : " "
      let isPostfix = before.isLetter || before.isNumber || ")]".contains(before)
      if isPostfix, after != "=" { return true }
    }
    return false
  }
}
