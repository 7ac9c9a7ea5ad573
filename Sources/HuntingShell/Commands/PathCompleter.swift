import FileAccess
import Hunting
import LineEditor
import SourceText

/// The files that a path may go on to.
struct PathCompleter {
  private static let mostCandidates = 200
  private let files: any FileSystem

  init(_ files: any FileSystem) { self.files = files }

  /// Candidates for a path of which the start is typed; folders end with `/`.
  ///
  /// Names that do not reach a terminal as they are, are left out: they could not be typed either.
  func candidates(for typed: String) -> [Completions.Candidate] {
    let slash = typed.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = slash.map { String(typed[...$0]) } ?? ""
    let start = slash.map { String(typed[typed.utf8.index(after: $0)...]) } ?? typed
    guard let names = try? files.list(folder.isEmpty ? "." : folder) else { return [] }
    let matching = names.filter { name in
      name.utf8.starts(with: start.utf8) && name.hasPrefix(".") == start.hasPrefix(".")
        && Self.isPlain(name)
    }
    return matching.prefix(Self.mostCandidates).map { name in
      let kind = try? files.status(of: folder + name).kind
      let shown = kind == .directory ? name + "/" : name
      return Completions.Candidate(insertion: folder + shown, label: shown)
    }
  }

  private static func isPlain(_ name: String) -> Bool {
    TerminalText(name).text.utf8.elementsEqual(name.utf8)
      && !name.unicodeScalars.contains("\u{FFFD}")
  }
}
