/// Writes numbers for people and reports.
public enum DecimalText {
  /// A number that is not negative, with so many digits behind the point; 0 where it is too large.
  public static func fixed(_ number: Double, digits: Int) -> String {
    let scale = (0..<digits).reduce(1) { scale, _ in scale * 10 }
    let rounded = Int(exactly: (number * Double(scale)).rounded()) ?? 0
    if digits == 0 { return String(rounded) }
    let fraction = String(rounded % scale)
    let zeros = String(repeating: "0", count: digits - fraction.count)
    return "\(rounded / scale).\(zeros)\(fraction)"
  }
}
