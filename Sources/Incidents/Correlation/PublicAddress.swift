/// Which addresses tell one machine of the Internet from all others.
enum PublicAddress {
  /// Whether an address is one of the Internet.
  static func holds(_ address: String) -> Bool {
    let numbers = address.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    if numbers.count == 4, let first = numbers[0], let second = numbers[1] {
      switch (first, second) {
      case (0, _), (10, _), (127, _), (169, 254), (192, 168), (224..., _): return false
      case (172, 16...31), (100, 64...127): return false
      default: return true
      }
    }
    let letters = address.lowercased()
    guard letters.contains(":"), letters.count > 3 else { return false }
    return !["fe8", "fe9", "fea", "feb", "fc", "fd", "ff", "::1", "::"].contains {
      $0.hasPrefix("::") ? letters == $0 : letters.hasPrefix($0)
    }
  }
}
