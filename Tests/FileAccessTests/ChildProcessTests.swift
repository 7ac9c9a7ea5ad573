import FileAccess
import Testing

/// Runs small programs to their end.
struct ChildProcessTests {
  @Test func `outputs, errors and exit codes come back`() throws {
    let outcome = try ChildProcess("sh", ["-c", "printf out; printf err >&2; exit 7"]).run()
    #expect(outcome.code == 7)
    #expect(outcome.output == Array("out".utf8))
    #expect(outcome.errors == Array("err".utf8))
    #expect(try ChildProcess("sh", ["-c", "kill -9 $$"]).run().code == 137)
  }

  @Test func `arguments are no shell text, standard input is empty`() throws {
    let outcome = try ChildProcess("printf", ["%s", "a b;$(x)\n"]).run()
    #expect(outcome.output == Array("a b;$(x)\n".utf8))
    #expect(try ChildProcess("cat", []).run().output == [])
  }

  @Test func `the environment is handed on`() throws {
    let outcome = try ChildProcess("sh", ["-c", "test -n \"$PATH\""]).run()
    #expect(outcome.code == 0)
  }

  @Test func `much on both outputs does not wait for ever`() throws {
    let script = "yes | head -c 1000000 >&2; yes | head -c 2000000"
    let outcome = try ChildProcess("sh", ["-c", script]).run()
    #expect(outcome.output.count == 2_000_000)
    #expect(outcome.errors.count == 1_000_000)
  }

  @Test func `too much ends the program`() {
    #expect(throws: FileFailure(.tooLarge(limitBytes: 1000), path: "yes", operation: .read)) {
      try ChildProcess("yes", [], limitBytes: 1000).run()
    }
  }

  @Test func `what is missing or cannot be is told`() {
    #expect(throws: FileFailure(.missing, path: "no-such-program", operation: .run)) {
      try ChildProcess("no-such-program", []).run()
    }
    #expect(throws: FileFailure(.invalidPath, path: "sh", operation: .run)) {
      try ChildProcess("sh", ["a\u{0}b"]).run()
    }
  }
}
