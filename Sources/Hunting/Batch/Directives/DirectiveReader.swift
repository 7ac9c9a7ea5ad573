import Columnar
import FileAccess
import SourceText
import Tenancy

/// Why a directive cannot be followed; what was found and what to write.
struct DirectiveProblem: Error, Equatable {
  let message: String

  init(_ message: String) { self.message = message }
}

/// Reads directives, one after another, of one place: a header, or a file of directives.
struct DirectiveReader {
  private(set) var directives = FileDirectives()
  private(set) var problems: [BatchProblem] = []
  /// Keys that may be stated once only, and were.
  private var stated: Set<String> = []
  /// What paths are relative to.
  private let folder: String
  private let allowsExpectations: Bool

  /// Every key, as it is written.
  static let keys = [
    "load", "watchlist", "param", "expect", "skip", "timeout", "tenant", "timespan", "now",
    "allow-missing-tables", "unordered",
  ]
  /// The most directives of one place; a table has as many files at most.
  private static let mostDirectives = 1000
  private static let repeatable: Set<String> = ["load", "watchlist", "param", "expect"]

  /// - Parameter allowsExpectations: false for files that hold for a folder.
  init(folder: String, allowsExpectations: Bool = true) {
    self.folder = folder
    self.allowsExpectations = allowsExpectations
  }

  /// Follows the lines of the place, or notes why not.
  mutating func read(_ lines: [DirectiveLine]) {
    for line in lines.prefix(Self.mostDirectives) { read(line) }
    guard let beyond = lines.dropFirst(Self.mostDirectives).first else { return }
    let message = "there are more than \(Self.mostDirectives) directives in one place"
    problems.append(BatchProblem(.directive, message, file: beyond.file, at: beyond.region))
  }

  private mutating func read(_ line: DirectiveLine) {
    do throws(DirectiveProblem) {
      try follow(line.text)
    } catch {
      problems.append(BatchProblem(.directive, error.message, file: line.file, at: line.region))
    }
  }

  private mutating func follow(_ text: String) throws(DirectiveProblem) {
    let key = String(text.prefix { $0 != " " && $0 != "\t" })
    let value = DirectiveLine.trimmed(String(text.dropFirst(key.count)))
    guard Self.keys.contains(key) else { throw Self.unknown(key, among: Self.keys, "directive") }
    if !Self.repeatable.contains(key), !stated.insert(key).inserted {
      throw DirectiveProblem("'\(key)' is stated twice")
    }
    switch key {
    case "load": directives.fixtures.append(try fixture(value, of: .table))
    case "watchlist": directives.fixtures.append(try fixture(value, of: .watchlist))
    case "param": try addParameter(value)
    case "expect": try addExpectation(value)
    case "skip": directives.skipReason = try filled(value, "skip REASON")
    case "timeout": directives.timeoutSeconds = try timeout(value)
    case "tenant": directives.tenants = try tenants(value)
    case "timespan": directives.timespan = try timespan(value)
    case "now": directives.now = try instant(value)
    case "allow-missing-tables": directives.allowsMissingTables = try flag(key, value)
    default: directives.isUnordered = try flag(key, value)
    }
  }

  /// Says that a word is none of those that can stand there.
  static func unknown(_ word: String, among words: [String], _ what: String) -> DirectiveProblem {
    let found = word.isEmpty ? "no \(what)" : "'\(word)' is no \(what)"
    if let near = NearMiss.nearest(to: word, among: words, limit: 1).first {
      return DirectiveProblem("\(found); did you mean '\(near)'?")
    }
    return DirectiveProblem("\(found); there are \(words.joined(separator: ", "))")
  }

  private mutating func addParameter(_ value: String) throws(DirectiveProblem) {
    guard let equals = value.firstIndex(of: "=") else {
      throw DirectiveProblem("'\(value)' has no '='; write param NAME=VALUE")
    }
    let name = DirectiveLine.trimmed(String(value[..<equals]))
    if name.isEmpty { throw DirectiveProblem("the parameter has no name; write param NAME=VALUE") }
    if directives.parameters[name] != nil {
      throw DirectiveProblem("the parameter '\(name)' is stated twice")
    }
    directives.parameters[name] =
      DirectiveLine.trimmed(String(value[equals...].dropFirst()))
  }

  private mutating func addExpectation(_ value: String) throws(DirectiveProblem) {
    if !allowsExpectations {
      throw DirectiveProblem("expectations are of one query; write them in its header")
    }
    var reader = ExpectationReader(value)
    directives.expectations.append(try reader.read())
  }

  private func filled(_ value: String, _ form: String) throws(DirectiveProblem) -> String {
    if value.isEmpty { throw DirectiveProblem("write \(form)") }
    return value
  }

  private func flag(_ key: String, _ value: String) throws(DirectiveProblem) -> Bool {
    if value.isEmpty { return true }
    throw DirectiveProblem("'\(key)' takes no value, found '\(value)'")
  }

  private func timeout(_ value: String) throws(DirectiveProblem) -> Double {
    guard let span = Self.span(value) else {
      throw DirectiveProblem("'\(value)' is no time; write timeout 5s")
    }
    return Double(span.ticks) / Double(TimeSpan.ticksPerSecond)
  }

  private func tenants(_ value: String) throws(DirectiveProblem) -> String {
    if TenantSelection(value) != nil { return value }
    throw DirectiveProblem("'\(value)' names no tenants; write tenant a,b")
  }

  private func timespan(_ value: String) throws(DirectiveProblem) -> FileDirectives.Timespan {
    if value == "all" { return .all }
    if let span = Self.span(value) { return .last(span) }
    throw DirectiveProblem("'\(value)' is no time; write timespan 30d, or timespan all")
  }

  private func instant(_ value: String) throws(DirectiveProblem) -> DateTime {
    if let instant = DateTime(parsing: Array(value.utf8)) { return instant }
    throw DirectiveProblem("'\(value)' is no time; write now 2026-01-31T12:00:00Z")
  }

  private static func span(_ text: String) -> TimeSpan? {
    let bytes = Array(text.utf8)
    guard let span = TimeSpan(duration: bytes) ?? TimeSpan(parsingLiteral: bytes), span.ticks > 0
    else { return nil }
    return span
  }
}

extension DirectiveReader {
  private enum FixtureKind {
    case table
    case watchlist

    var form: String {
      switch self {
      case .table: "load TABLE from FILE"
      case .watchlist: "watchlist ALIAS from FILE"
      }
    }
  }

  /// Reads `NAME from FILE`; the name may have columns and may hold the word itself in brackets.
  private func fixture(_ value: String, of kind: FixtureKind) throws(DirectiveProblem) -> Fixture {
    var firstProblem: DirectiveProblem?
    for (name, file) in Self.splits(value) {
      do {
        let path = try path(file)
        if kind == .watchlist {
          return Fixture(table: QueryEnvironment.watchlistTable(name), path: path)
        }
        let request = try LoadRequest(specification: "\(name)=\(path)")
        let columns = request.columns ?? HuntingFunctions.tables[request.table]?.columns
        return Fixture(table: request.table, columns: columns, path: path)
      } catch {
        if firstProblem == nil { firstProblem = Self.problem(error) }
      }
    }
    throw firstProblem ?? DirectiveProblem("expected 'from', found '\(value)'; write \(kind.form)")
  }

  private static func problem(_ error: any Error) -> DirectiveProblem {
    (error as? DirectiveProblem) ?? DirectiveProblem("\(error)")
  }

  /// The ways to take ` from ` as the word between a name and a file, the first few of them.
  private static func splits(_ value: String) -> [(name: String, file: String)] {
    let words = value.split(separator: " ", omittingEmptySubsequences: false)
    return words.indices.lazy.filter { words[$0] == "from" }.prefix(8).compactMap { index in
      let name = DirectiveLine.trimmed(words[..<index].joined(separator: " "))
      let file = DirectiveLine.trimmed(words[(index + 1)...].joined(separator: " "))
      return name.isEmpty || file.isEmpty ? nil : (name, file)
    }
  }

  private func path(_ file: String) throws(DirectiveProblem) -> String {
    if file == "-" { throw DirectiveProblem("standard input is no fixture; name a file") }
    if file.utf8.contains(0) { throw DirectiveProblem("the file name holds a NUL byte") }
    return PathText.join(folder, file)
  }
}
