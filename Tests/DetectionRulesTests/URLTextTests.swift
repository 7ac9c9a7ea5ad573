import DetectionRules
import Testing

/// Values of events in URLs of alert texts.
struct URLTextTests {
  @Test(
    "a value in an URL is percent-encoded, and an URL stays one word",
    arguments: [
      ("of {{C}} here", "a b/ü", "of a b/ü here"),
      ("see https://x.y/?n={{C}} now", "a b&c=/ü", "see https://x.y/?n=a%20b%26c%3D%2F%C3%BC now"),
      ("https://x.y/{{C}}/{{C}}", "a?b", "https://x.y/a%3Fb/a%3Fb"),
      ("https://x.y {{C}}", "a?b", "https://x.y a?b"),
      ("{{C}}", "http://x.y/p?q=1#f", "http://x.y/p?q=1#f"),
      ("{{C}}", "http://x.y/a (b)[c]\n<d>\"", "http://x.y/a%20%28b%29%5Bc%5D%0A%3Cd%3E%22"),
      ("{{C}}", "see http://x.y/a b", "see http://x.y/a b"),
      ("{{C}}", "://", "://"),
      ("{{C}}", "C:\\a b", "C:\\a b"),
    ]
  ) func rendered(source: String, value: String, expected: String) {
    #expect(Template(source).rendered { _ in value } == expected)
  }
}
