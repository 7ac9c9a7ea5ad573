import Columnar

/// The type of a bound expression.
enum BoundType: Equatable, Sendable {
  case scalar(ScalarType)
  /// Not known: a mistake that has been reported, or a column of an open table. Anything goes.
  case unknown

  /// The type that the plan uses; what is unknown is dynamic.
  var plan: ScalarType {
    switch self {
    case .scalar(let type): type
    case .unknown: .dynamic
    }
  }

  /// How messages name it.
  var name: String {
    switch self {
    case .scalar(let type): type.name
    case .unknown: "unknown"
    }
  }

  /// Whether it is the type or not known.
  func mayBe(_ type: ScalarType) -> Bool { self == .unknown || self == .scalar(type) }
}
