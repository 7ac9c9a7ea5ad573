import Columnar
import PatternMatching
import QueryPlan
import Segments

/// Keys of terms that tell without a look at the values that none of them meets a condition.
struct TermRequirement: Sendable {
  /// A value can match only with all keys of one of these.
  let alternatives: [[UInt64]]
  /// Whether the condition holds just where the match does not.
  let isNegated: Bool

  /// The requirement of a condition on a string column; nil where filters tell nothing.
  init?(_ condition: Expression) {
    guard case .call(let call) = condition, let operand = call.arguments.first,
      let found = Self.requirement(call, operand)
    else { return nil }
    // A text without a key that is required somewhere may match anywhere.
    if found.alternatives.contains(where: \.isEmpty) || found.alternatives.isEmpty { return nil }
    alternatives = found.alternatives
    isNegated = found.isNegated
  }

  /// Whether the keys of a text meet one of the alternatives.
  func isMet(by text: [UInt8]) -> Bool {
    let keys = text.withTextView(TermKeys.keys)
    return alternatives.contains { $0.allSatisfy(keys.contains) }
  }

  private static func requirement(
    _ call: Call,
    _ operand: Expression
  ) -> (alternatives: [[UInt64]], isNegated: Bool)? {
    guard let place = Place(operand), let texts = texts(of: Array(call.arguments.dropFirst()))
    else { return nil }
    let valueKeys = place == .whole ? Self.valueKeys : Match.term.keys
    if let match = Match(call.function), texts.count == 1, let text = texts.first {
      return ([match.keys(text)], match.isNegated)
    }
    switch call.function {
    case "Equal", "EqualTilde", "In", "InCs": return (texts.map(valueKeys), false)
    case "NotEqual", "BangTilde", "NotIn", "NotInCs": return (texts.map(valueKeys), true)
    case "HasAny": return (texts.map(Match.term.keys), false)
    case "HasAll": return ([texts.flatMap(Match.term.keys)], false)
    case "MatchRegex": return texts.first.flatMap(patternKeys).map { ($0, false) }
    default: return nil
    }
  }

  /// Where the text of an operand lies in what filters know of a value.
  private enum Place {
    /// It is the value.
    case whole
    /// It lies within the printed value, cut off by quotes, brackets, colons or commas.
    case part

    init?(_ operand: Expression) {
      switch operand {
      case .column(_, .string): self = .whole
      case .call(let call) where call.function == "tostring" && call.arguments.count == 1:
        guard let place = Self.place(ofDynamic: call.arguments[0]) else { return nil }
        self = place
      default: return nil
      }
    }

    private static func place(ofDynamic operand: Expression) -> Place? {
      switch operand {
      case .column(_, .dynamic): .whole
      case .call(let call) where call.function == "Member" || call.function == "Element":
        call.arguments.first.flatMap(place(ofDynamic:)).map { _ in .part }
      default: nil
      }
    }
  }

  /// The constant texts of a call; nil where an argument is something else.
  private static func texts(of arguments: [Expression]) -> [[UInt8]]? {
    var texts: [[UInt8]] = []
    for argument in arguments {
      switch argument {
      case .literal(.string(let text)): texts.append(text.bytes)
      case .literal(.dynamic(let value)):
        guard let elements = strings(of: value) else { return nil }
        texts += elements
      default: return nil
      }
    }
    return texts
  }

  private static func strings(of value: DynamicValue) -> [[UInt8]]? {
    value.withView { view in
      guard view.kind == .array else { return nil }
      var texts: [[UInt8]] = []
      for element in view.elements {
        guard let text = element.string else { return nil }
        texts.append(Array(text))
      }
      return texts
    }
  }

  /// An empty value is any value without terms: it has no key of its own.
  private static func valueKeys(_ text: [UInt8]) -> [UInt64] {
    text.isEmpty ? [] : text.withTextView { [TermKeys.key(ofValue: $0)] }
  }

  private static func patternKeys(_ pattern: [UInt8]) -> [[UInt64]]? {
    guard let texts = (try? Pattern(pattern))?.requiredTexts, !texts.isEmpty else { return nil }
    let alternatives = texts.map { Match.part.keys($0.bytes) }
    return texts.contains(where: \.mayBeOdd) ? alternatives + [[TermKeys.oddCase]] : alternatives
  }

  /// How the needle of a string operator lies among the terms of a value.
  private struct Match {
    var startsTerm = false
    var endsTerm = false
    var isNegated = false

    static let term = Match(startsTerm: true, endsTerm: true)
    static let part = Match()

    init(startsTerm: Bool = false, endsTerm: Bool = false) {
      self.startsTerm = startsTerm
      self.endsTerm = endsTerm
    }

    init?(_ function: String) {
      isNegated = function.hasPrefix("Not")
      let name = isNegated ? String(function.dropFirst(3)) : function
      switch name.hasSuffix("Cs") ? String(name.dropLast(2)) : name {
      case "Has": (startsTerm, endsTerm) = (true, true)
      case "HasPrefix", "StartsWith": startsTerm = true
      case "HasSuffix", "EndsWith": endsTerm = true
      case "Contains": break
      default: return nil
      }
    }

    func keys(_ needle: [UInt8]) -> [UInt64] {
      needle.withTextView {
        TermKeys.keys(requiredBy: $0, startsTerm: startsTerm, endsTerm: endsTerm)
      }
    }
  }
}
