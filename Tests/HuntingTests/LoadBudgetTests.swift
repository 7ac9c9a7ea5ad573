import Columnar
import FileAccess
import Hunting
import SourceText
import Synchronization
import Testing

/// Holds loading, and queries after it, to the memory that they may take together.
struct LoadBudgetTests {
  private static let option =
    "DeviceProcessEvents=\(SharedFolder.repository)/Samples/contoso/DeviceProcessEvents.ndjson"

  private func memoryFailure(_ body: () throws -> Void) -> QueryFailure? {
    do {
      try body()
      return nil
    } catch let failure as QueryFailure {
      return failure.kind == .memory ? failure : nil
    } catch {
      return nil
    }
  }

  @Test func `loading beyond the limit fails as a limit does`() throws {
    var engine = HuntingEngine()
    let failure = memoryFailure {
      _ = try engine.load([Self.option], memoryLimit: 4096)
    }
    #expect(failure?.message.hasPrefix("loading needs more than the memory limit") == true)
    #expect(engine.loadedBytes == 0)
  }

  @Test func `loaded tables count into the limit of a query and of the next load`() throws {
    var engine = HuntingEngine()
    _ = try engine.load([Self.option])
    let held = engine.loadedBytes
    #expect(held > 4096)
    #expect(memoryFailure { _ = try engine.load([Self.option], memoryLimit: held) } != nil)
    let query = SourceText("DeviceProcessEvents | sort by Timestamp asc")
    let failure = memoryFailure {
      let budget = engine.makeBudget(memoryLimit: held + 16, timeoutSeconds: nil)
      _ = try engine.run(query, budget: budget)
    }
    #expect(failure?.message.contains("of which loaded tables hold") == true)
    let budget = engine.makeBudget(memoryLimit: held + (64 << 20), timeoutSeconds: nil)
    #expect(try engine.run(query, budget: budget).tables.count == 1)
  }

  @Test func `loads and queries tell how far they are`() throws {
    let seen = Mutex<LoadProgress?>(nil)
    var limits = LoadLimits()
    limits.progress = { progress in seen.withLock { $0 = progress } }
    var engine = HuntingEngine()
    let reports = try engine.load([Self.option], limits: limits)
    let last = try #require(seen.withLock { $0 })
    #expect(last.table == "DeviceProcessEvents" && last.bytes > 0)
    #expect(last.rows == reports.first?.rowCount)
    let rowsRead = Atomic<Int>(0)
    let budget = engine.makeBudget(memoryLimit: 1 << 30, timeoutSeconds: nil) { rows in
      rowsRead.store(rows, ordering: .relaxed)
    }
    _ = try engine.run(SourceText("DeviceProcessEvents | count"), budget: budget)
    #expect(rowsRead.load(ordering: .relaxed) >= last.rows)
  }
}
