import ArgumentParser

/// An option that says what one thing is to become: given twice it must say the same, since neither
/// value is better than the other.
enum SingleValue {
  /// - Throws: names the option and its values, where they differ.
  static func check(_ values: [String], _ option: String) throws {
    guard let other = values.first(where: { $0 != values[0] }) else { return }
    throw ValidationError("\(option) is given as '\(values[0])' and as '\(other)'; give it once.")
  }
}
