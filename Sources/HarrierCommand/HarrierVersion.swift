/// Which Harrier this is: the only place that says so.
enum HarrierVersion {
  /// By the rules of semantic versioning.
  static let text = "0.1.0"
}
