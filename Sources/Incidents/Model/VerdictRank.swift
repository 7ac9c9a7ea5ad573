/// Which of two verdicts of Graph is the worse.
enum VerdictRank {
  static func of(_ verdict: String) -> Int {
    ["unknown", "noThreatsFound", "suspicious", "malicious"].firstIndex(of: verdict) ?? 0
  }
}
