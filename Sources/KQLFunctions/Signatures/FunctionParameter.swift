public import Columnar

/// A parameter of an official signature.
public struct FunctionParameter: Sendable, Hashable {
  /// Which types an argument may have; the cases are the official kinds.
  public enum Kind: String, Sendable, CaseIterable {
    /// One of `types` (or a type literal where `acceptsTypeLiteral`).
    case declared = "Declared"
    case any = "Any"
    case scalar = "Scalar"
    case tabular = "Tabular"
    case integer = "Integer"
    case integerOrArray = "IntegerOrArray"
    case stringOrDynamic = "StringOrDynamic"
    case stringOrArray = "StringOrArray"
    case dynamicArray = "DynamicArray"
    case dynamicBag = "DynamicBag"
    case number = "Number"
    case numberOrBool = "NumberOrBool"
    case summable = "Summable"
    case orderable = "Orderable"
    case notBool = "NotBool"
    case notRealOrBool = "NotRealOrBool"
    case notDynamic = "NotDynamic"
    /// The type of the argument of the first parameter.
    case parameter0 = "Parameter0"
    /// The type of the argument of the second parameter.
    case parameter1 = "Parameter1"
    /// A type to which all arguments of `common…` parameters can be promoted.
    case commonScalar = "CommonScalar"
    case commonOrderable = "CommonOrderable"
    /// As `commonScalar`, or dynamic where there is no common type.
    case commonScalarOrDynamic = "CommonScalarOrDynamic"
  }

  /// What form of expression an argument must have.
  public enum Form: String, Sendable, CaseIterable {
    case any = "Any"
    case aggregate = "Aggregate"
    case column = "Column"
    /// A column of the table that is the first argument.
    case columnOfFirst = "Column_Parameter0"
    /// A column that the rows and the table of the first argument have in common.
    case columnInCommon = "Column_Parameter0_Common"
    case constant = "Constant"
    /// An expression over the element of a path that the first argument names.
    case elementOfFirst = "Expression_Parameter0_Element"
    case literal = "Literal"
    case literalNotEmpty = "LiteralNotEmpty"
    case starAllowed = "StarAllowed"
    case starOnly = "StarOnly"
  }

  public let name: String
  public let kind: Kind
  /// Declared types; empty unless the kind is `declared`.
  public let types: [ScalarType]
  /// Whether `typeof(…)` is what the parameter takes.
  public let acceptsTypeLiteral: Bool
  public let form: Form
  /// How often the parameter occurs at least; 0 where it is optional.
  public let minimumCount: Int
  /// How often the parameter occurs at most.
  public let maximumCount: Int
  /// The literals that are allowed; empty where any is.
  public let values: [String]

  public var isOptional: Bool { minimumCount == 0 }
  public var isRepeatable: Bool { maximumCount > 1 }

  /// The most often that any parameter may occur.
  public static let repeatLimit = 32767

  /// Stands for an argument beyond the last parameter.
  static let unknown = FunctionParameter(
    name: "",
    kind: .any,
    types: [],
    acceptsTypeLiteral: false,
    form: .any,
    minimumCount: 1,
    maximumCount: 1,
    values: []
  )
}
