extension FunctionCatalog {
  /// Why a scalar function of the language does not run here, where there is more to say than
  /// that it is not there yet.
  public static func refusalReason(_ name: String) -> String? { refusalReasons[name] }

  private static let refusalReasons: [String: String] = [
    "hash_combine": "how the service combines hashes is not published",
    "hash_many": "how the service combines hashes is not published",
    "parse_user_agent":
      "the service reads user agents by a list of patterns that is not part of Harrier; "
      + "use 'has', 'extract' or 'parse' for the parts you need",
  ]
}
