/// What a detection of a product says each time it fires.
struct AlertKind: Sendable {
  enum Severity: String, Sendable {
    case informational, low, medium, high
  }

  let title: String
  let product: Product
  let severity: Severity
  /// The tactic, as Graph writes it.
  let category: String
  let techniques: [String]

  init(
    _ product: Product,
    _ severity: Severity,
    _ category: String,
    _ title: String,
    _ techniques: [String] = []
  ) {
    self.title = title
    self.product = product
    self.severity = severity
    self.category = category
    self.techniques = techniques
  }
}
