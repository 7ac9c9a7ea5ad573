import FileAccess
import HarrierTesting
import Incidents
import Testing

@testable import Response

/// Programs and webhooks that execute actions.
struct ActionConnectorTests {
  private let world: ActionWorld
  /// A target that would be a command for a shell.
  private let hostile = [("deviceId", "d\"; touch /tmp/harrier-pwned; $(id) \\ \u{1b}[31m")]

  init() throws {
    Terminal.ignoreBrokenPipes()
    world = try ActionWorld()
  }

  private func outcome(_ script: String, seconds: Double = 60) throws -> ActionOutcome {
    let reference = try world.ask(.isolateDevice, hostile)
    let order = ActionOrder(try world.action(reference))
    return CommandConnector(["/bin/sh", "-c", script], timeoutSeconds: seconds).execute(order)
  }

  @Test("a program reads the order as it is, and no shell does") func order() throws {
    let path = world.folder.path + "/order"
    let outcome = try outcome("cat > \(path)")
    #expect(outcome == ActionOutcome(.completed, ""))
    let order = ActionOrder(try world.action(ResponseReference(tenant: "t", number: 1)))
    let written = try LocalFileSystem().readAll(path, limitBytes: 1 << 16)
    #expect(String(decoding: written, as: UTF8.self) == order.json + "\n")
    #expect(order.json.contains(#""key":"t/1""#))
    #expect(!order.json.contains("\u{1b}"))
  }

  @Test(
    "a program says what it did",
    arguments: [
      (
        #"echo '{"status":"alreadyRemediated","detail":"so"}'"#, ActionStatus.alreadyRemediated,
        "so"
      ),
      (#"echo '{"status":"failed","detail":"no"}'"#, .failed, "no"),
      (#"echo '{"status":"pending"}'"#, .completed, #"{"status":"pending"}"#),
      ("echo done", .completed, "done"),
      ("echo broken >&2; exit 3", .failed, "the program ended with code 3: broken"),
      ("exec 0<&-; exit 0", .completed, ""),
    ]
  )
  func answers(_ script: String, _ status: ActionStatus, _ detail: String) throws {
    #expect(try outcome(script) == ActionOutcome(status, detail))
  }

  @Test("one that hangs or writes for ever may have run") func endless() throws {
    #expect(try outcome("exec sleep 1000", seconds: 0.2).status == .mayHaveRun)
    #expect(try outcome("exec >&- 2>&-; sleep 1000", seconds: 0.2).status == .mayHaveRun)
    #expect(try outcome("exec cat /dev/zero").status == .mayHaveRun)
  }

  @Test("one that is missing fails by name") func missing() throws {
    let order = ActionOrder(try world.action(try world.ask(.isolateDevice, hostile)))
    let outcome = CommandConnector(["/no/such/program"]).execute(order)
    #expect(outcome.status == .failed)
    #expect(outcome.detail.contains("/no/such/program"))
  }

  @Test("connections are of a tenant and kind") func connections() throws {
    let store = try world.store()
    let connection = try Connection(
      tenant: "t",
      kind: .isolateDevice,
      way: .command(["/bin/sh", "-c", "echo by program"])
    )
    try store.connect(connection)
    #expect(try store.connections(of: ["t", "u"]) == [connection])
    let own = try world.ask(.isolateDevice, hostile)
    let other = try world.ask(.isolateDevice, hostile, of: "u")
    try world.run(tenants: ["t", "u"])
    #expect(try world.action(own).detail == "by program")
    #expect(try world.action(own).connector == "command")
    #expect(try world.action(other).connector == "simulated environment")
    #expect(try store.disconnect(.isolateDevice, of: "t"))
    #expect(try !store.disconnect(.isolateDevice, of: "t"))
  }

  @Test("programs have whole paths and webhooks addresses") func refusals() {
    for way in [
      Connection.Way.command(["sh"]), .command([]), .webhook("file:///etc/passwd"),
      .webhook("https://a b"), .webhook("https://x/\"\nproxy = evil"),
    ] {
      #expect(throws: ResponseFailure.self) {
        try Connection(tenant: "t", kind: .softDelete, way: way)
      }
    }
  }
}
