import Columnar
public import DetectionRules
public import FileAccess
public import StructuredText

/// A file of tests, and the rule that it is about.
public struct RuleTestFile: Sendable {
  public let path: String
  public let document: TextDocument?
  /// The file of the rule; nil where there is none.
  public let rulePath: String?
  /// nil where the rule cannot be used.
  public let rule: DetectionRule?
  public let cases: [RuleTestCase]
  /// What is wrong with the file as a whole, or with its rule.
  public let problems: [RuleProblem]

  /// The ends of the names of test files, in front of which the rule's name stands.
  public static let endings = [".tests.yaml", ".tests.yml", ".tests.json"]
  /// The ends of the names of rule files.
  public static let ruleEndings = [".yaml", ".yml", ".json"]
  static let keys = ["rule", "name", "now", "cases"]

  /// Reads a file of tests and the rule that lies beside it, or that it names.
  public init(_ path: String, in files: any FileSystem) {
    var reading = RuleTestFileReading(path, files)
    reading.read()
    self.path = path
    document = reading.document
    rulePath = reading.rulePath
    rule = reading.rule
    cases = reading.cases
    problems = reading.reader.problems
  }

  /// Whether a path is that of a file of tests.
  public static func isTestFile(_ path: String) -> Bool { endings.contains { path.hasSuffix($0) } }

  /// The format that the name of a file tells.
  public static func format(of path: String) -> TextDocument.Format {
    path.hasSuffix(".json") ? .json : .yaml
  }

  /// The files of tests that may lie beside a rule file.
  public static func candidates(forRule path: String) -> [String] {
    guard let ending = ruleEndings.first(where: { path.hasSuffix($0) }) else { return [] }
    return endings.map { path.dropLast(ending.count) + $0 }
  }
}

/// Reads a file of tests.
private struct RuleTestFileReading {
  let path: String
  let folder: String
  let files: any FileSystem
  var reader = TestNodeReader()
  var document: TextDocument?
  var rulePath: String?
  var rule: DetectionRule?
  var cases: [RuleTestCase] = []

  init(_ path: String, _ files: any FileSystem) {
    self.path = path
    self.files = files
    folder = PathText.ancestors(of: path).first ?? "."
  }

  mutating func read() {
    guard let root = root(),
      reader.isMapping(root, "a file of tests", keys: RuleTestFile.keys)
    else { return }
    let time = TestCaseReader.now(of: root, &reader) ?? TestTime.standard
    readRule(root)
    guard let items = root["cases"]?.items, !items.isEmpty else {
      reader.note("HT002", "there are no 'cases'", at: root.place)
      return
    }
    for (index, item) in items.enumerated() {
      var caseReader = TestCaseReader(item, folder: folder)
      cases.append(caseReader.read(number: index + 1, time: time))
    }
    noteDoubles()
  }

  private mutating func noteDoubles() {
    var seen: Set<String> = []
    for item in cases where !seen.insert(item.name).inserted {
      reader.note("HT004", "another case is named '\(item.name)' too", at: item.place)
    }
  }

  private mutating func root() -> DocumentNode? {
    do {
      let bytes = try files.readAll(path, limitBytes: TextDocument.sizeLimit)
      let document = try TextDocument(bytes, format: RuleTestFile.format(of: path))
      self.document = document
      return document.root
    } catch let failure as DocumentFailure {
      reader.note("HT001", failure.message, at: failure.place ?? .none)
    } catch {
      reader.note("HT001", "\(error)", at: .none)
    }
    return nil
  }

  // MARK: The rule

  private mutating func readRule(_ root: DocumentNode) {
    let stated = reader.text("rule", of: root)
    let place = root["rule"]?.place ?? root.place
    guard let found = stated.map({ PathText.join(folder, $0) }) ?? ruleBeside() else {
      return reader.note(
        "HT008",
        "there is no rule beside this file",
        at: place,
        help: "name it as the file of tests without '.tests', or write rule: PATH"
      )
    }
    rulePath = found
    do {
      let bytes = try files.readAll(found, limitBytes: TextDocument.sizeLimit)
      let file = RuleFile(bytes, format: RuleTestFile.format(of: found))
      choose(file, root)
    } catch {
      reader.note("HT008", "\(error)", at: place)
    }
  }

  private mutating func choose(_ file: RuleFile, _ root: DocumentNode) {
    if let problem = file.problems.first(where: \.isError) {
      let place = problem.place
      return reader.note(
        "HT008",
        "the rule cannot be used: \(rulePath ?? ""):\(place.line): \(problem.message)",
        at: root["rule"]?.place ?? root.place,
        help: problem.help
      )
    }
    if let name = reader.text("name", of: root) {
      rule = file.rules.first { $0.name == name }
      if rule == nil {
        let place = root["name"]?.place ?? root.place
        reader.unknown("rule", name, at: place, among: file.rules.map(\.name), code: "HT008")
      }
    } else if file.rules.count == 1 {
      rule = file.rules.first
    } else {
      reader.note(
        "HT008",
        "the file of the rule holds \(file.rules.count) rules",
        at: root.place,
        help: "say which one is meant with name: NAME"
      )
    }
  }

  private func ruleBeside() -> String? {
    guard let ending = RuleTestFile.endings.first(where: { path.hasSuffix($0) }) else {
      return nil
    }
    let name = path.dropLast(ending.count)
    return RuleTestFile.ruleEndings.map { name + $0 }.first { path in
      (try? files.status(of: path))?.kind == .regular
    }
  }
}
