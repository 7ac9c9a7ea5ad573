import Testing

@testable import HarrierCommand

/// A word that names no command is told of as that, with what was probably meant.
struct UnknownCommandTests {
  @Test(
    "unknown commands of each depth",
    arguments: [
      ("qurey T", "'qurey'; did you mean 'harrier query'"),
      ("incidents lst --store s", "'incidents lst'; did you mean 'harrier incidents list'"),
      ("incidents xyzzy", "'incidents xyzzy'; 'harrier incidents --help' lists them"),
      ("incidents help", "'incidents help'; 'harrier incidents --help' lists them"),
      ("xyzzy incidents", "'xyzzy'; 'harrier --help' lists them"),
      ("T|count", "'T|count'; did you mean 'harrier query '…''"),
      ("incidents li\u{1B}st", "'incidents li␛st'; did you mean 'harrier incidents list'"),
    ]
  ) func unknown(_ line: String, _ wanted: String) throws {
    let unknown = try #require(UnknownCommand(line.split(separator: " ").map(String.init)))
    #expect(unknown.message == "error: there is no command " + wanted)
  }

  @Test(
    "what names a command, or asks for help, is none of these",
    arguments: [
      "", "query T", "query lst", "incidents", "incidents list", "incidents list lst", "help",
      "help lst", "--format csv", "incidents --help", "incidents --store s lst", "tenants remove x",
    ]
  ) func known(_ line: String) {
    #expect(UnknownCommand(line.split(separator: " ").map(String.init)) == nil)
  }
}
