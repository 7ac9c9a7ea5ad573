/// A reason to refuse a call, with the code that the official binder gives it.
public struct CallProblem: Sendable, Hashable {
  /// What is wrong.
  public enum Reason: Sendable, Hashable {
    /// The number of arguments is outside of a range.
    case argumentCount(expected: ClosedRange<Int>, found: Int)
    /// The number of arguments is within the range, but the repeated ones come in groups.
    case argumentGroups
    /// No overload, or more than one, fits the types.
    case noMatchingSignature(found: [String])
    /// An operator is not defined for the types.
    case operatorUndefined(found: [String])
    /// There is no type to which all arguments can be converted.
    case noCommonType
    /// The argument must be something that `expected` names.
    case expected(String, found: String?)
    /// The argument may not be of a type.
    case notAllowed(String)
  }

  /// The official code, such as `KS107`.
  public let code: String
  public let reason: Reason
  /// Index of the argument that is meant; nil where it is the call as a whole.
  public let argument: Int?

  /// A wrong number of arguments; the code tells a fixed number from a range.
  static func count(
    _ expected: ClosedRange<Int>,
    found: Int,
    isRepeated: Bool
  ) -> CallProblem {
    let isFixed = !isRepeated || expected.count == 1
    return CallProblem(
      code: isFixed ? "KS119" : "KS120",
      reason: .argumentCount(expected: expected, found: found),
      argument: nil
    )
  }

  /// A message in the house style: `substring: argument 2 must be an integer, found string`.
  public func message(for name: String) -> String {
    switch reason {
    case .argumentCount(let expected, let found):
      "\(name): expected \(Self.counted(expected)), found \(found)"
    case .argumentGroups:
      "\(name): the number of arguments does not fit its groups of parameters"
    case .noMatchingSignature(let found):
      "\(name): not defined for arguments of type (\(found.joined(separator: ", ")))"
    case .operatorUndefined(let found):
      "`\(name)` is not defined for \(found.joined(separator: " and "))"
    case .noCommonType:
      "\(name): the arguments have no common type"
    case .expected(let expected, let found):
      "\(name): argument\(position) must be \(expected)" + (found.map { ", found \($0)" } ?? "")
    case .notAllowed(let type):
      "\(name): argument\(position) must not be \(type)"
    }
  }

  private var position: String { argument.map { " \($0 + 1)" } ?? "" }

  private static func counted(_ range: ClosedRange<Int>) -> String {
    if range.lowerBound == range.upperBound {
      return range.lowerBound == 1 ? "1 argument" : "\(range.lowerBound) arguments"
    }
    return range.upperBound >= FunctionParameter.repeatLimit
      ? "at least \(range.lowerBound) arguments"
      : "\(range.lowerBound) to \(range.upperBound) arguments"
  }
}
