public import SourceText

/// Writes findings as SARIF 2.1.0 (OASIS), which code hosts and editors read.
public struct SARIFLog {
  /// A rule of the tool.
  public struct Rule: Sendable {
    let id: String
    let name: String?
    let summary: String
    let explanation: String?
    let severity: Severity

    public init(
      id: String,
      name: String? = nil,
      summary: String,
      explanation: String? = nil,
      severity: Severity
    ) {
      self.id = id
      self.name = name
      self.summary = summary
      self.explanation = explanation
      self.severity = severity
    }
  }

  /// A change of a file.
  public struct Fix: Sendable {
    let message: String
    let region: TextRegion
    let replacement: String

    public init(_ message: String, region: TextRegion, replacement: String) {
      self.message = message
      self.region = region
      self.replacement = replacement
    }
  }

  /// A finding at a place of a file.
  public struct Result: Sendable {
    let ruleID: String
    let severity: Severity
    let message: String
    let path: String
    let region: TextRegion
    let fixes: [Fix]

    public init(
      _ diagnostic: Diagnostic,
      path: String,
      in source: SourceText,
      fixIts: [FixIt]
    ) {
      ruleID = diagnostic.code
      severity = diagnostic.severity
      message = diagnostic.help.map { "\(diagnostic.message). \($0)" } ?? diagnostic.message
      self.path = path
      region = TextRegion(diagnostic.span, in: source)
      fixes = fixIts.map { fixIt in
        Fix(
          fixIt.message,
          region: TextRegion(fixIt.span, in: source),
          replacement: fixIt.replacement
        )
      }
    }
  }

  private let rules: [Rule]
  private let results: [Result]

  /// - Parameter rules: every rule that a result names must be among them.
  public init(rules: [Rule], results: [Result]) {
    self.rules = rules
    self.results = results
  }

  /// The log as JSON.
  public func bytes() -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.write("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
    json.write("version", "2.1.0")
    json.beginArray("runs")
    json.beginObject()
    writeTool(&json)
    json.write("columnKind", "utf16CodeUnits")
    json.beginArray("results")
    let indexes = Dictionary(
      rules.enumerated().map { ($1.id, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    for result in results { write(result, indexes, &json) }
    json.endArray()
    json.endObject()
    json.endArray()
    json.endObject()
    json.endLine()
    return json.bytes()
  }

  private func writeTool(_ json: inout JSONWriter) {
    json.beginObject("tool")
    json.beginObject("driver")
    json.write("name", "Harrier")
    json.beginArray("rules")
    for rule in rules {
      json.beginObject()
      json.write("id", rule.id)
      if let name = rule.name { json.write("name", name) }
      json.writeMessage("shortDescription", rule.summary)
      if let explanation = rule.explanation {
        json.writeMessage("fullDescription", explanation)
        json.writeMessage("help", explanation)
      }
      json.beginObject("defaultConfiguration")
      json.write("level", Self.level(rule.severity))
      json.endObject()
      json.endObject()
    }
    json.endArray()
    json.endObject()
    json.endObject()
  }

  private func write(_ result: Result, _ indexes: [String: Int], _ json: inout JSONWriter) {
    json.beginObject()
    json.write("ruleId", result.ruleID)
    if let index = indexes[result.ruleID] { json.write("ruleIndex", index) }
    json.write("level", Self.level(result.severity))
    json.writeMessage("message", result.message)
    json.beginArray("locations")
    json.beginObject()
    json.beginObject("physicalLocation")
    writeFile(result.path, &json)
    write("region", result.region, &json)
    json.endObject()
    json.endObject()
    json.endArray()
    if !result.fixes.isEmpty {
      json.beginArray("fixes")
      for fix in result.fixes { write(fix, result.path, &json) }
      json.endArray()
    }
    json.endObject()
  }

  private func write(_ fix: Fix, _ path: String, _ json: inout JSONWriter) {
    json.beginObject()
    json.writeMessage("description", fix.message)
    json.beginArray("artifactChanges")
    json.beginObject()
    writeFile(path, &json)
    json.beginArray("replacements")
    json.beginObject()
    write("deletedRegion", fix.region, &json)
    json.writeMessage("insertedContent", fix.replacement)
    json.endObject()
    json.endArray()
    json.endObject()
    json.endArray()
    json.endObject()
  }

  private func writeFile(_ path: String, _ json: inout JSONWriter) {
    json.beginObject("artifactLocation")
    json.write("uri", Self.uri(path))
    json.endObject()
  }

  private func write(_ name: StaticString, _ region: TextRegion, _ json: inout JSONWriter) {
    json.beginObject(name)
    json.write("startLine", region.startLine)
    json.write("startColumn", region.startColumn)
    json.write("endLine", region.endLine)
    json.write("endColumn", region.endColumn)
    json.endObject()
  }

  /// What SARIF calls a severity.
  private static func level(_ severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .hint: "note"
    }
  }

  /// A path as a URI reference: what is not unreserved (RFC 3986) is escaped.
  static func uri(_ path: String) -> String {
    let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
    let digits = Array("0123456789ABCDEF")
    var uri = path.hasPrefix("/") ? "file://" : ""
    for byte in path.utf8 {
      if unreserved.contains(byte) {
        uri.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        uri += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
    return uri
  }
}
