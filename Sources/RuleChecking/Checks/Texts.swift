import DetectionRules
import SourceText
import StructuredText

/// A text of a rule in which `{{Column}}` stands for a value of the event.
struct RuleText {
  let title: String
  let template: Template
  let place: DocumentPlace
}

extension RuleContext {
  /// The texts in which columns may stand.
  var texts: [RuleText] {
    if isDefender {
      return [
        RuleText(title: "the title", template: rule.title, place: place(.title)),
        RuleText(title: "the description", template: rule.description, place: place(.description)),
      ]
    }
    let overrides = node["alertDetailsOverride"]
    return [
      ("alertDisplayNameFormat", "the name of alerts"),
      ("alertDescriptionFormat", "the description of alerts"),
    ].compactMap { key, title in
      guard let node = overrides?[key], let text = node.text else { return nil }
      return RuleText(title: title, template: Template(text), place: node.place)
    }
  }
}

extension RuleCheck {
  static let templateColumnMissing = RuleCheck(
    "HD401",
    "template-column-missing",
    .error,
    "a text has '{{…}}' of a column that the result has not",
    explanation: """
      '{{Column}}' in the title or description of an alert stands for a value of the event. It is \
      the exact name of a column of the result, or stays as it is.
      """,
    example: .defender {
      $0.title = "Encoded PowerShell on {{DeviceName}}"
    } good: {
      $0.title = "Encoded PowerShell on {{DeviceId}}"
    }
  ) { context in
    context.texts.flatMap { text in
      text.template.columns.compactMap { name in
        ResultColumns.missing(
          ColumnReference(name, at: text.place),
          text.title,
          context,
          canRename: false
        )
      }
    }
  }

  static let templateLimit = RuleCheck(
    "HD402",
    "template-limit",
    .error,
    "texts have '{{…}}' of too many columns",
    explanation: """
      Graph refuses a custom detection with more than three different columns in title and \
      description together. In an analytics rule it is three in each: a warning.
      """,
    example: .defender {
      $0.title = "{{DeviceId}} {{AccountSid}}"
      $0.description = "{{ProcessCommandLine}} {{SHA1}}"
    } good: {
      $0.title = "{{DeviceId}} {{AccountSid}}"
      $0.description = "{{ProcessCommandLine}} {{DeviceId}}"
    }
  ) { context in
    if context.isDefender {
      let columns = Set(context.texts.flatMap(\.template.columns))
      guard columns.count > 3 else { return [] }
      return [
        RuleMatch(
          "title and description have \(columns.count) columns, of which 3 are allowed",
          at: context.place(.title),
          help: "show the others as custom details"
        )
      ]
    }
    return context.texts.filter { $0.template.columns.count > 3 }.map { text in
      RuleMatch(
        "\(text.title) has \(text.template.columns.count) columns, of which 3 are shown",
        at: text.place,
        help: "show the others as custom details",
        severity: .warning
      )
    }
  }

  static let brokenTemplate = RuleCheck(
    "HD403",
    "broken-template",
    .warning,
    "a text has '{{' or '}}' that stand for no column",
    explanation: "What is between '{{' and '}}' is the name of one column; else it stays as it is.",
    example: .defender {
      $0.title = "Encoded PowerShell on {{Device.Id}}"
    } good: {
      $0.title = "Encoded PowerShell on {{DeviceId}}"
    }
  ) { context in
    context.texts.compactMap { text in
      let isBroken = text.template.pieces.contains { piece in
        if case .text(let plain) = piece {
          plain.contains("{{") || plain.contains("}}")
        } else {
          false
        }
      }
      guard isBroken else { return nil }
      return RuleMatch(
        "\(text.title) has '{{' or '}}' around what is no name of a column",
        at: text.place,
        help: "write '{{Column}}'"
      )
    }
  }

  static let markup = RuleCheck(
    "HD404",
    "markup",
    .hint,
    "a text of an alert has markup",
    explanation:
      "Defender shows titles and descriptions as plain text and removes HTML and Markdown.",
    example: .defender {
      $0.description = "Somebody ran an <b>encoded</b> command."
    } good: {
      $0.description = "Somebody ran an encoded command, 2 < 3."
    }
  ) { context in
    guard context.isDefender else { return [] }
    return context.texts.filter { hasMarkup($0.template.source) }.map { text in
      RuleMatch(
        "\(text.title) has markup, which is removed",
        at: text.place,
        help: "write plain text"
      )
    }
  }

  private static func hasMarkup(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    for index in bytes.indices where bytes[index] == UInt8(ascii: "<") {
      guard let end = bytes[index...].firstIndex(of: UInt8(ascii: ">")), index + 1 < end else {
        continue
      }
      let first =
        bytes[index + 1] == UInt8(ascii: "/") ? bytes[min(index + 2, end)] : bytes[index + 1]
      let tag = bytes[index..<end]
      let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first | 0x20)
      if isLetter, !tag.contains(UInt8(ascii: "\n")) { return true }
    }
    return text.contains("**") || text.contains("](")
  }

  static let textLength = RuleCheck(
    "HD405",
    "text-length",
    .error,
    "a name or description is empty or longer than it may be",
    explanation: """
      A rule needs a name, and a custom detection a title and a description of its alerts. An \
      analytics rule has at most 256 characters in its name and 5,000 in its description.
      """,
    example: .sentinel {
      $0.name = String(repeating: "long ", count: 60)
    }
  ) { context in
    let texts: [(String, String, RulePart, Int)] = [
      ("name", context.rule.name, .name, 256),
      ("title", context.isDefender ? context.rule.title.source : "-", .title, 256),
      ("description", description(context), .description, 5_000),
    ]
    return texts.compactMap { title, text, part, limit in
      if text.allSatisfy(\.isWhitespace) {
        let isAdvice = part == .description
        return RuleMatch(
          "the \(title) is empty",
          at: context.place(part),
          severity: isAdvice ? .warning : .error
        )
      }
      guard context.rule.kind.isSentinel, text.utf16.count > limit else { return nil }
      return RuleMatch(
        "the \(title) has \(text.utf16.count) characters, of which \(limit) are allowed",
        at: context.place(part)
      )
    }
  }

  /// The description of the rule itself.
  private static func description(_ context: RuleContext) -> String {
    if context.isDefender { return context.rule.description.source }
    return context.node["description"]?.text ?? ""
  }
}
