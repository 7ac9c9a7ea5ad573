public import DetectionRules
public import FileAccess
import StructuredText

/// Finds rules and their tests.
public struct RuleTestSearch: Sendable {
  /// A rule of a file.
  public struct FoundRule: Sendable {
    public let path: String
    public let rule: DetectionRule
  }

  public private(set) var tests: [RuleTestFile] = []
  /// Rules of the paths, and those that tests of the paths are about.
  public private(set) var rules: [FoundRule] = []
  private var seenTests: Set<String> = []
  private var seenRules: Set<String> = []

  /// Looks for files of tests and rules in folders and below; a rule file that is named brings the
  /// tests beside it. Files of folders that are neither are passed over.
  public init(_ paths: [String], in files: any FileSystem) throws {
    let search = FileSearch(paths, endings: RuleTestFile.ruleEndings, in: files)
    for path in try search.allFiles() {
      if RuleTestFile.isTestFile(path) {
        addTest(path, files)
      } else {
        try addRules(path, isNamed: paths.contains(path), files)
      }
    }
    for test in tests {
      if let path = test.rulePath, let rule = test.rule { add(rule, path) }
    }
  }

  private mutating func addTest(_ path: String, _ files: any FileSystem) {
    guard seenTests.insert(Self.straight(path)).inserted else { return }
    tests.append(RuleTestFile(path, in: files))
  }

  private mutating func addRules(_ path: String, isNamed: Bool, _ files: any FileSystem) throws {
    let bytes: [UInt8]
    do throws(FileFailure) {
      bytes = try files.readAll(path, limitBytes: TextDocument.sizeLimit)
    } catch {
      if isNamed { throw error }
      return
    }
    for rule in RuleFile(bytes, format: RuleTestFile.format(of: path)).rules { add(rule, path) }
    if !isNamed { return }
    for candidate in RuleTestFile.candidates(forRule: path)
    where (try? files.status(of: candidate))?.kind == .regular {
      addTest(candidate, files)
    }
  }

  private mutating func add(_ rule: DetectionRule, _ path: String) {
    let path = Self.straight(path)
    if seenRules.insert(path + "\n" + rule.name).inserted {
      rules.append(FoundRule(path: path, rule: rule))
    }
  }

  /// A path without `.` and `..`, so that a file has one.
  static func straight(_ path: String) -> String {
    (path.hasPrefix("/") ? "/" : "") + PathText.parts(path).joined(separator: "/")
  }
}

/// Which rules have tests, and of which kinds.
public struct RuleTestCoverage: Sendable {
  public struct Row: Sendable {
    public let path: String
    public let name: String
    public let caseCount: Int
    /// Cases in which alerts are to come.
    public let positiveCount: Int
    /// Cases in which none is to come.
    public let negativeCount: Int

    /// What is missing; nil where nothing is.
    public var gap: String? {
      if caseCount == 0 { return "no tests" }
      if positiveCount == 0 { return "no case expects an alert" }
      return negativeCount == 0 ? "no case expects none" : nil
    }
  }

  public let rows: [Row]

  public init(_ search: RuleTestSearch) {
    rows = search.rules.map { found in
      let cases = search.tests.filter { test in
        test.rulePath.map(RuleTestSearch.straight) == found.path
          && test.rule?.name == found.rule.name
      }.flatMap(\.cases)
      return Row(
        path: found.path,
        name: found.rule.name,
        caseCount: cases.count,
        positiveCount: cases.count { $0.isPositive == true },
        negativeCount: cases.count { $0.isPositive == false }
      )
    }
  }

  /// Rules of which nothing is missing.
  public var wholeCount: Int { rows.count { $0.gap == nil } }
}
