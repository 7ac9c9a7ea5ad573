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

  @Test func `input that is given is read, whatever its length`() throws {
    Terminal.ignoreBrokenPipes()
    for count in [0, 1, 3_000_000] {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      let outcome = try ChildProcess("cat", []).run(input: bytes, timeoutSeconds: 60)
      #expect(outcome.code == 0)
      #expect(outcome.output == bytes)
      // One that does not read it is no failure.
      #expect(try ChildProcess("true", []).run(input: bytes, timeoutSeconds: 60).code == 0)
    }
  }

  @Test func `what takes too long is ended with all that it started`() throws {
    for script in ["exec sleep 1000", "sleep 1000 & wait", "exec >&- 2>&-; sleep 1000"] {
      #expect(throws: FileFailure(.timedOut, path: "sh", operation: .run)) {
        try ChildProcess("sh", ["-c", script]).run(input: [], timeoutSeconds: 0.1)
      }
    }
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
