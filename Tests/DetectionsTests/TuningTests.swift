import Alerts
import DetectionRules
import Detections
import Testing

/// Conditions of tuning rules.
struct TuningTests {
  @Test(
    "patterns",
    arguments: [
      ("lab-*", "LAB-7", true), ("*", "", true), ("a?c", "abc", true), ("a?c", "ac", false),
      ("*b*d", "abcd", true), ("*b*d", "abcde", false), ("a*a*a*a*b", "aaaaaaaaaaaaaaaaaa", false),
      ("", "x", false), ("ä*", "Äb", true), ("a**b", "ab", true),
    ]
  )
  func patterns(pattern: String, text: String, matches: Bool) {
    #expect(WildcardPattern(pattern).matches(text) == matches)
  }

  @Test("conditions read as they are put together") func structure() throws {
    let read = try TuningParser.read("title = 'a b*' and (severity = low or not rule != x)")
    #expect(
      read
        == .all([
          .field(.title, WildcardPattern("a b*")),
          .any([
            .field(.severity, WildcardPattern("low")),
            .not(.not(.field(.rule, WildcardPattern("x")))),
          ]),
        ])
    )
    #expect(
      try TuningParser.read("HOST.fullname=\"x\"")
        == .field(.entity(.host, identifier: "FullName"), WildcardPattern("x"))
    )
    #expect(
      try TuningParser.read("process.* = y and detail.Who = z and entity = w")
        == .all([
          .field(.entity(.process, identifier: nil), WildcardPattern("y")),
          .field(.detail("Who"), WildcardPattern("z")), .field(.anyEntity, WildcardPattern("w")),
        ])
    )
  }

  @Test(
    "what is no condition is refused",
    arguments: [
      "", "title", "title =", "= x", "title = x y", "(title = x", "title = 'x", "ghost.Name = x",
      "host.Ghost = x", "title > x", "not", "title = x and", "title = x or or",
      String(repeating: "(", count: 5_000) + "title = x",
      String(repeating: "not ", count: 5_000) + "title = x",
    ]
  )
  func refused(text: String) {
    #expect(throws: TuningFailure.self) { try TuningParser.read(text) }
  }
}
