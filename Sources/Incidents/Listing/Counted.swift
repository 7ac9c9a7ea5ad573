/// How many things there are, for people.
package enum Counted {
  /// `1 device`, `2 devices`.
  package static func text(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : noun.hasSuffix("x") ? "es" : "s")"
  }
}
