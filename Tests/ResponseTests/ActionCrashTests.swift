import FileAccess
import GRDB
import HarrierTesting
import Incidents
import OperationalStore
import Testing

@testable import Response

/// What ends a run in the middle: each action happens once, or it is said that it may have run.
struct ActionCrashTests {
  @Test("the simulated environment does each action exactly once, wherever the run is ended")
  func simulated() throws {
    var moment = 0
    while true {
      let world = try ActionWorld()
      try world.loadMail(at: .inbox)
      try world.load(#"{"kind":"device","deviceId":"d1"}"#)
      let move = try world.ask(.softDelete)
      let isolation = try world.ask(.isolateDevice, [("deviceId", "d1")])
      let entry = try world.ask(.blockUrl, [("url", "http://x.example")])
      try world.load(#"{"kind":"appConsent","appId":"a1","accountUpn":"amy@contoso.com"}"#)
      let consent = try world.ask(.revokeAppConsent, [("appId", "a1")])
      let hasCrashed = try world.runThroughCrash(at: moment)
      for action in [move, isolation, entry, consent] {
        #expect(
          try world.statuses(action) == ["approved", "running", "completed"],
          "crash at \(moment)"
        )
      }
      #expect(try world.location() == .softDeleted)
      #expect(try world.action(move).before == "Inbox")
      #expect(try world.action(consent).before == "amy@contoso.com")
      let entries = try world.store()
        .read { try $0.rows("SELECT 1 FROM allow_block_entries", []).count }
      #expect(entries == 1)
      if !hasCrashed { break }
      moment += 1
    }
    #expect(moment > 10)
  }

  @Test("what cannot tell is asked once at most, and else may have run") func untold() throws {
    var moment = 0
    var open = 0
    while true {
      let world = try ActionWorld()
      let connector = CountingConnector()
      let action = try world.ask(.isolateDevice, [("deviceId", "d1")])
      let hasCrashed = try world.runThroughCrash(at: moment, connector)
      #expect(connector.executed.count <= 1, "crash at \(moment)")
      let ended = try world.action(action)
      #expect([.completed, .mayHaveRun].contains(ended.status), "crash at \(moment)")
      if ended.status == .completed { #expect(connector.executed.count == 1) }
      if ended.status == .mayHaveRun {
        open += 1
        #expect(ended.detail == "ask the device")
        let said = try world.store().settle([action], didRun: false, by: world.analyst)
        #expect(said[0].failure == nil)
        #expect(try world.store().retry([action], by: world.analyst)[0].failure == nil)
        try world.run(connector)
        #expect(try world.action(action).status == .completed)
      }
      if !hasCrashed { break }
      moment += 1
    }
    #expect(open > 0)
  }

  @Test("one run at a time") func lock() throws {
    let world = try ActionWorld()
    _ = try world.store()
    let lock = try LocalFileSystem().lockExclusively(world.folder.path + "/ACTIONS")
    #expect(throws: FileFailure.self) { try world.run() }
    withExtendedLifetime(lock) {}
  }

  @Test("actions of other tenants are not executed") func otherTenants() throws {
    let world = try ActionWorld()
    let other = try world.ask(.blockUrl, [("url", "http://x.example")], of: "u")
    try world.run(tenants: ["t"])
    #expect(try world.action(other).status == .approved)
  }
}
