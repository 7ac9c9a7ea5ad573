import ArgumentParser
import Testing

@testable import HarrierCommand

/// What is to become of a thing is said once.
struct SingleValueTests {
  private func refusal(_ line: String) -> String? {
    do {
      _ = try Harrier.parseAsRoot(line.split(separator: " ").map(String.init))
      return nil
    } catch {
      return Harrier.message(for: error)
    }
  }

  @Test(
    "G10: two owners, states and names are refused by name",
    arguments: [
      ("incidents update --store s t/1 --assign ann --assign bob", "--assign", "'ann'"),
      ("incidents update --store s t/1 --status active --status resolved", "--status", "'active'"),
      ("incidents update --store s t/1 --severity low --severity high", "--severity", "'high'"),
      ("incidents update --store s t/1 --name a --name b", "--name", "'b'"),
      ("incidents update --store s t/1 --classify unknown --classify x", "--classify", "'x'"),
      ("incidents update --store s t/1 --comment a --comment b", "--comment", "'b'"),
      ("incidents update --store s t/1 --description a --description b", "--description", "'b'"),
      (
        "incidents update --store s t/1 --resolving-comment a --resolving-comment b",
        "--resolving-comment", "'b'"
      ),
      ("alerts update --store s t/a --assign ann --assign none", "--assign", "'none'"),
      ("alerts update --store s t/a --status new --status resolved", "--status", "'resolved'"),
      ("incidents move --store s t/a --to t/1 --to t/2", "--to", "'t/2'"),
      ("incidents merge --store s t/1 t/2 --comment a --comment b", "--comment", "'b'"),
    ]
  )
  func refused(line: String, option: String, value: String) throws {
    let told = try #require(self.refusal(line))
    #expect(told.contains("\(option) is given as") && told.contains(value), "\(told)")
  }

  @Test("the same value twice is one, and tags may be many") func same() {
    #expect(refusal("incidents update --store s t/1 --assign ann --assign ann") == nil)
    #expect(refusal("incidents update --store s t/1 --add-tag a --add-tag b") == nil)
  }
}
