/// Commands about investigations, submissions, allow/block lists and Explorer.
extension ConfigurationKeys {
  /// Those that run queries.
  static let investigating = [
    "investigations-start", "investigations-run", "submissions-add", "explorer",
  ]
  /// All that work with a store as a principal.
  static let investigations =
    investigating + [
      "investigations-list", "investigations-show", "investigations-stop",
      "investigations-settings-list", "investigations-settings-set", "submissions-list",
      "submissions-show", "submissions-review", "allow-block-list", "allow-block-add",
      "allow-block-remove", "allow-block-check",
    ]
  /// Those that print rows.
  static let investigationRows = [
    "investigations-list", "investigations-show", "investigations-start",
    "investigations-playbooks", "investigations-settings-list", "submissions-list",
    "submissions-show", "submissions-add", "submissions-review", "allow-block-list",
    "allow-block-add", "allow-block-check", "explorer",
  ]
}
