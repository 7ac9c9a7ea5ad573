import SourceText

/// Writes findings as a SARIF 2.1.0 log (OASIS), which code hosts and editors read.
public struct SARIFLog {
  private let findings: [Finding]
  private let rules: [RuleDescription]
  private let ruleIndexes: [String: Int]

  /// - Parameter rules: descriptions of rules, whether they found something or not; findings of
  ///   others describe their rules themselves.
  public init(_ findings: [Finding], rules: [RuleDescription] = []) {
    self.findings = findings
    var described: [RuleDescription] = []
    var indexes: [String: Int] = [:]
    let others = findings.map(RuleDescription.init(of:)).sorted { $0.code < $1.code }
    for rule in rules + others where indexes[rule.code] == nil {
      indexes[rule.code] = described.count
      described.append(rule)
    }
    self.rules = described
    ruleIndexes = indexes
  }

  /// The whole log as one JSON text.
  public func bytes() -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.write("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      json.write("version", "2.1.0")
      json.array("runs", run)
    }
    json.endLine()
    return json.bytes()
  }

  private func run(_ json: inout JSONWriter) {
    json.object { json in
      json.object("tool") { json in
        json.object("driver") { json in
          json.write("name", "Harrier")
          json.array("rules", rules, Self.write)
        }
      }
      json.write("columnKind", "utf16CodeUnits")
      json.array("results", findings, write)
    }
  }

  private static func write(_ rule: RuleDescription, _ json: inout JSONWriter) {
    json.object { json in
      json.write("id", rule.code)
      if let name = rule.name { json.write("name", name) }
      message("shortDescription", rule.summary, &json)
      if let explanation = rule.explanation {
        message("fullDescription", explanation, &json)
        message("help", explanation, &json)
      }
      json.object("defaultConfiguration") { $0.write("level", level(rule.severity)) }
    }
  }

  private func write(_ finding: Finding, _ json: inout JSONWriter) {
    json.object { json in
      json.write("ruleId", finding.code)
      if let index = ruleIndexes[finding.code] { json.write("ruleIndex", index) }
      json.write("level", Self.level(finding.severity))
      Self.message("message", finding.sentence, &json)
      json.array("locations") { json in
        json.object { Self.location(finding.file, finding.region, &$0) }
      }
      if !finding.related.isEmpty {
        json.array("relatedLocations", finding.related, Self.write)
      }
      if !finding.fixes.isEmpty {
        json.array("fixes", finding.fixes) { Self.write($0, of: finding.file, &$1) }
      }
    }
  }

  private static func write(_ place: Finding.Place, _ json: inout JSONWriter) {
    json.object { json in
      location(place.file, place.region, &json)
      message("message", place.message, &json)
    }
  }

  private static func write(_ fix: Finding.Fix, of file: String, _ json: inout JSONWriter) {
    json.object { json in
      message("description", fix.message, &json)
      json.array("artifactChanges") { json in
        json.object { json in
          artifact(file, &json)
          json.array("replacements") { replacement(fix, &$0) }
        }
      }
    }
  }

  private static func replacement(_ fix: Finding.Fix, _ json: inout JSONWriter) {
    json.object { json in
      write("deletedRegion", fix.region, &json)
      message("insertedContent", fix.replacement, &json)
    }
  }

  private static func location(
    _ file: String,
    _ region: TextRegion?,
    _ json: inout JSONWriter
  ) {
    json.object("physicalLocation") { json in
      artifact(file, &json)
      if let region { write("region", region, &json) }
    }
  }

  private static func artifact(_ file: String, _ json: inout JSONWriter) {
    json.object("artifactLocation") { $0.write("uri", ReportPath(file).address) }
  }

  private static func write(
    _ name: StaticString,
    _ region: TextRegion,
    _ json: inout JSONWriter
  ) {
    json.object(name) { json in
      json.write("startLine", region.startLine)
      json.write("startColumn", region.startColumn)
      json.write("endLine", region.endLine)
      json.write("endColumn", region.endColumn)
    }
  }

  /// Writes a text in the object of one member that SARIF uses for messages.
  private static func message(_ name: StaticString, _ text: String, _ json: inout JSONWriter) {
    json.object(name) { $0.write("text", text) }
  }

  /// What SARIF calls a severity.
  private static func level(_ severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .hint: "note"
    }
  }
}
