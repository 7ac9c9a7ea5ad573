import FileAccess
import Glibc
import HarrierTesting
import Testing

/// Programs read what is written to them, and hear signals whatever this process does with them.
@Suite("Programs that are written to") struct FedProcessTests {
  init() { Terminal.ignoreBrokenPipes() }

  private func shell(_ script: String) -> ChildProcess { ChildProcess("sh", ["-c", script]) }

  @Test("All that is written arrives, then the end") func feeding() throws {
    try withTemporaryFolder { folder in
      let text = String(repeating: "a line of text\n", count: 50_000)
      let program = try FedProcess(starting: shell("cat > '\(folder)/read'; exit 5"))
      try program.write(text)
      #expect(try program.finish() == 5)
      #expect(try program.finish() == 5)
      let read = try LocalFileSystem().readAll(folder + "/read", limitBytes: 1 << 20)
      #expect(read == Array(text.utf8))
    }
  }

  @Test("One that leaves early is no failure at the end") func leaving() throws {
    let program = try FedProcess(starting: shell("exit 3"))
    let piece = [UInt8](repeating: 0x61, count: 1 << 16)
    var failure: FileFailure?
    // A pipe holds some of it, but never so much.
    for _ in 0..<1000 where failure == nil {
      do throws(FileFailure) { try program.write(piece) } catch { failure = error }
    }
    #expect(failure?.reason == .brokenPipe)
    #expect(failure?.isClosedOutput == false)
    #expect(try program.finish() == 3)
  }

  @Test("Variables come to the environment or replace those in it") func environment() throws {
    let script = "test \"$HARRIER_TEST\" = 'a b' && test \"$HOME\" = new && test -n \"$PATH\""
    let program = try FedProcess(
      starting: shell(script),
      environment: ["HARRIER_TEST": "a b", "HOME": "new"]
    )
    #expect(try program.finish() == 0)
  }

  @Test("What is missing is told") func missing() {
    #expect(throws: FileFailure(.missing, path: "no-such-program", operation: .run)) {
      try FedProcess(starting: ChildProcess("no-such-program", []))
    }
  }

  @Test("Signals that are ignored or blocked here end a program") func signals() throws {
    var blocked = sigset_t()
    sigemptyset(&blocked)
    sigaddset(&blocked, SIGINT)
    var before = sigset_t()
    pthread_sigmask(SIG_BLOCK, &blocked, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    for (name, number) in [("PIPE", SIGPIPE), ("INT", SIGINT)] {
      let script = "kill -\(name) $$; exit 9"
      #expect(try FedProcess(starting: shell(script)).finish() == 128 + number)
      #expect(try shell(script).run().code == 128 + number)
    }
  }
}
