public import StructuredText

/// A file of detection rules: its document, and the rules that were read from it.
public struct RuleFile: Sendable {
  public let document: TextDocument?
  public let rules: [DetectionRule]
  public let problems: [RuleProblem]

  /// Whether every rule of the file can be used.
  public var isUsable: Bool { !rules.isEmpty && !problems.contains { $0.isError } }

  /// Reads a file; what is wrong with it is in ``problems``.
  ///
  /// Taken are: an analytics rule of Sentinel in YAML or JSON, as the public repositories have it
  /// or as ARM exports it (one, or the `resources` of a template), and a Graph `detectionRule` of
  /// either family, one, an array of them or a collection (`value`).
  public init(_ bytes: [UInt8], format: TextDocument.Format) {
    do {
      let document = try TextDocument(bytes, format: format)
      if document.root.hasNUL {
        throw DocumentFailure("the file has a text with U+0000, which no rule may have")
      }
      var reading = RuleFileReading(document: document)
      reading.read(document.root)
      self.document = document
      rules = reading.rules
      problems = reading.problems
    } catch {
      let failure = error as? DocumentFailure ?? DocumentFailure("\(error)")
      document = nil
      rules = []
      problems = [RuleProblem("HD001", failure.message, at: failure.place ?? .none)]
    }
  }

  /// The file's rules in the way in which Harrier writes: the document with all its keys in their
  /// order; nil where it could not be read.
  public func text(as format: TextDocument.Format) -> String? {
    document.map {
      format == .yaml ? YAMLWriter.text($0.root) : JSONDocumentWriter.text($0.root)
    }
  }
}

/// Finds the rules of a document.
private struct RuleFileReading {
  let document: TextDocument
  var rules: [DetectionRule] = []
  var problems: [RuleProblem] = []

  init(document: TextDocument) { self.document = document }

  mutating func read(_ node: DocumentNode) {
    if let items = node.items ?? node["value"]?.items {
      for item in items { read(item) }
      if items.isEmpty { problems.append(.noRule(at: node.place)) }
    } else if let resources = node["resources"]?.items {
      for resource in resources where Self.isAnalyticsRule(resource) { read(resource) }
      if rules.isEmpty, problems.isEmpty { problems.append(.noRule(at: node.place)) }
    } else if node["queryCondition"] != nil || node["detectionAction"] != nil {
      var reader = GraphRuleReader(node, document)
      finish(reader.read(), node, reader.fields.problems)
    } else if let properties = node["properties"] {
      var reader = SentinelRuleReader(properties, kind: node["kind"], document)
      reader.resourceName = node["name"]?.text
      finish(reader.read(), properties, reader.fields.problems)
    } else if node["query"] != nil {
      var reader = SentinelRuleReader(node, kind: node["kind"], document)
      finish(reader.read(), node, reader.fields.problems)
    } else {
      problems.append(.noRule(at: node.place))
    }
  }

  private mutating func finish(
    _ rule: DetectionRule?,
    _ node: DocumentNode,
    _ found: [RuleProblem]
  ) {
    problems += found
    guard var rule else { return }
    rule.node = node
    rules.append(rule)
  }

  private static func isAnalyticsRule(_ node: DocumentNode) -> Bool {
    node["type"]?.text?.lowercased().hasSuffix("alertrules") ?? false
  }
}

extension RuleProblem {
  fileprivate static func noRule(at place: DocumentPlace) -> RuleProblem {
    RuleProblem(
      "HD002",
      "there is no detection rule here",
      at: place,
      help: "a rule of Sentinel has 'query', one of Defender 'queryCondition' and "
        + "'detectionAction'"
    )
  }
}
