import ArgumentParser
import Testing

@testable import HarrierCommand

/// Negative numbers reach the options that say what numbers they take.
struct NegativeNumberTests {
  @Test(
    "a negative number belongs to the option before it",
    arguments: [
      ("incidents list --limit -1", "incidents list --limit=-1"),
      ("query T --timespan -7d", "query T --timespan=-7d"),
      ("query --limit=5 -1", "query --limit=5 -1"), ("query T -q", "query T -q"),
      ("query -- --limit -1", "query -- --limit -1"), ("query -1", "query -1"),
    ]
  )
  func joined(line: String, wanted: String) {
    let words = line.split(separator: " ").map(String.init)
    #expect(NegativeNumbers.joined(words).joined(separator: " ") == wanted)
  }

  @Test(
    "limits, offsets and days are refused in plain words",
    arguments: [
      ("incidents list --store s --limit -1", "--limit is 1 to 10000"),
      ("incidents list --store s --skip -1", "--skip is not negative"),
      ("incidents similar --store s t/1 --limit -1", "--limit is 1 to 1000"),
      ("incidents report --store s --days -3", "--days is 1 to 3650"),
      ("alerts list --store s --limit -1", "--limit is 1 to 10000"),
    ]
  )
  func refused(line: String, told: String) {
    let words = NegativeNumbers.joined(line.split(separator: " ").map(String.init))
    do {
      _ = try Harrier.parseAsRoot(words)
      Issue.record("\(line) is taken")
    } catch {
      #expect(Harrier.message(for: error).contains(told), "\(Harrier.message(for: error))")
    }
  }
}
