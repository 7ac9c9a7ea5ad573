extension ConfigurationKeys {
  /// Commands about actions and the environment of a store.
  static let responding =
    respondingListing + [
      "actions-run", "actions-connect", "actions-disconnect", "environment-load",
    ]
    + ["actions-export"]
  /// Those of them that print rows, as a table where nothing is said.
  static let respondingListing = [
    "actions-list", "actions-show", "actions-take", "actions-approve", "actions-reject",
    "actions-retry", "actions-settle", "actions-undo", "actions-connections", "environment-show",
  ]
}
