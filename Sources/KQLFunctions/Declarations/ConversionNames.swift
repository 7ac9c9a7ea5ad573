public import Columnar

extension FunctionCatalog {
  /// The function that converts to a type, also where KQL converts implicitly.
  public static func conversion(to type: ScalarType) -> String {
    switch type {
    case .bool: "tobool"
    case .int: "toint"
    case .long: "tolong"
    case .real: "todouble"
    case .decimal: "todecimal"
    case .string: "tostring"
    case .datetime: "todatetime"
    case .timespan: "totimespan"
    case .guid: "toguid"
    case .dynamic: "todynamic"
    }
  }
}
