import DetectionRules

/// The automatic name of an incident, out of what its alerts are.
///
/// `<head> [involving <A> & <B>] [on one endpoint | on multiple endpoints | involving one user |
/// involving multiple users] [reported by multiple sources]`. The head is the title of a single
/// alert, `<Category> incident` where all alerts have one category, else `Multi-stage incident`;
/// the categories are named where there are two. Users are named where no endpoint is touched.
struct IncidentName {
  var titles: [String] = []
  var alertCount = 0
  /// In the order of the kill chain.
  var categories: [String] = []
  var devices = 0
  var users = 0
  var services = 0

  var text: String {
    var parts = [head]
    if alertCount > 1, categories.count == 2 {
      parts.append("involving \(Self.words(categories[0])) & \(Self.words(categories[1]))")
    }
    if devices > 0 {
      parts.append(devices == 1 ? "on one endpoint" : "on multiple endpoints")
    } else if users > 0 {
      parts.append(users == 1 ? "involving one user" : "involving multiple users")
    }
    if services > 1 { parts.append("reported by multiple sources") }
    return parts.joined(separator: " ")
  }

  private var head: String {
    if alertCount == 1, let title = titles.first { return title }
    if categories.count == 1 { return Self.words(categories[0]) + " incident" }
    if categories.isEmpty, Set(titles).count == 1, let title = titles.first { return title }
    return "Multi-stage incident"
  }

  /// A category in words: `LateralMovement` is `Lateral movement`.
  static func words(_ category: String) -> String {
    var text = ""
    for letter in category {
      if letter.isUppercase, !text.isEmpty {
        text += " " + letter.lowercased()
      } else {
        text.append(letter)
      }
    }
    return text.replacing(" and ", with: " and ")
  }
}

/// Where tactics stand in the kill chain.
enum KillChain {
  /// The place of a category; those that are no stage come last, in the order of their names.
  static func stage(_ category: String) -> Int {
    guard let tactic = Tactic(reading: category), !tactic.isCategory else { return Int.max }
    return Tactic.allCases.firstIndex(of: tactic) ?? Int.max
  }

  static func ordered(_ categories: some Sequence<String>) -> [String] {
    Set(categories.filter { !$0.isEmpty }).sorted { (stage($0), $0) < (stage($1), $1) }
  }
}
