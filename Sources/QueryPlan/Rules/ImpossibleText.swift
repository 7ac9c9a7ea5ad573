import Columnar

/// Decides searches in the text form of a number, a time or an identifier that can never succeed.
///
/// `search "mimikatz"` looks into every column; no number is printed with an `m`, so its column
/// need not be read. A null prints as the empty text, in which no needle but the empty one lies.
enum ImpossibleText {
  /// The answer of a call where it is the same for all rows; else the call.
  static func decide(_ call: Call) -> Expression {
    guard call.arguments.count == 2, let isNegated = negation(of: call.function),
      case .call(let text) = call.arguments[0], text.function == "tostring",
      text.arguments.count == 1, case .column(_, let type) = text.arguments[0],
      case .literal(.string(let needle)) = call.arguments[1],
      let form = PrintedForm(type), !form.mayHold(needle.bytes)
    else { return .call(call) }
    return .literal(.bool(isNegated))
  }

  /// Whether a text operator holds where its needle is not found; nil for other functions.
  private static func negation(of function: String) -> Bool? {
    switch function {
    case "Equal", "EqualTilde": return false
    case "NotEqual", "BangTilde": return true
    default: break
    }
    let isNegated = function.hasPrefix("Not")
    let positive = isNegated ? function.dropFirst(3) : function[...]
    let name = positive.hasSuffix("Cs") ? positive.dropLast(2) : positive
    switch name {
    case "Has", "HasPrefix", "HasSuffix", "Contains", "StartsWith", "EndsWith": return isNegated
    default: return nil
    }
  }
}

/// What the values of a type may look like as text, whatever their case.
private struct PrintedForm {
  /// The bytes that occur, letters in lower case.
  private let alphabet: Set<UInt8>
  /// Bytes of the longest text; nil where that is not bounded.
  private let longest: Int?

  /// nil for types whose texts may be anything.
  init?(_ type: ScalarType) {
    let digits = "0123456789"
    switch type {
    case .bool: self.init("truefals", longest: 5)
    case .int: self.init(digits + "-", longest: 11)
    case .long: self.init(digits + "-", longest: 20)
    // An exponent, and the names of what is no number.
    case .real, .decimal: self.init(digits + "+-.einfatyn", longest: nil)
    case .datetime: self.init(digits + "-:.tz", longest: 28)
    case .timespan: self.init(digits + "-:.", longest: 26)
    case .guid: self.init(digits + "abcdef-", longest: 36)
    case .string, .dynamic: return nil
    }
  }

  private init(_ characters: String, longest: Int?) {
    alphabet = Set(characters.utf8)
    self.longest = longest
  }

  /// Whether a needle may lie in a text; characters beyond ASCII may fold to ASCII ones.
  func mayHold(_ needle: [UInt8]) -> Bool {
    if let longest, needle.count > longest, needle.allSatisfy({ $0 < 0x80 }) { return false }
    return needle.allSatisfy { byte in
      byte >= 0x80 || alphabet.contains(byte &- 0x41 < 26 ? byte | 0x20 : byte)
    }
  }
}
