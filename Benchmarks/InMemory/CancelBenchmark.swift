import Columnar
import Dispatch
import Execution
import FileAccess
import Glibc
import Hunting
import SourceText
import Synchronization
import TableStore
import Tenancy

/// Cancels a query over a store at random moments and takes the time until it has returned and
/// what it held is free.
///
/// Arguments: the folder of a store, a query, how often it is cancelled, a seed, MiB of memory and
/// the most seconds after which it is cancelled. Writes one JSON object: seconds of a whole run (at
/// most those), and for each cancel the milliseconds that passed and those of a processor that all
/// threads took, which other processes do not lengthen.
struct CancelBenchmark {
  private let engine: HuntingEngine
  private let text: String
  private let memoryLimit: Int
  private let clock = SystemClock()

  static func run(_ arguments: [String]) throws {
    guard arguments.count == 6, let ends = Int(arguments[2]), let seed = UInt64(arguments[3]),
      let memory = Int(arguments[4]), let longest = Double(arguments[5])
    else { throw QueryFailure(.input, "usage: cancel STORE QUERY ENDS SEED MIB SECONDS") }
    var engine = HuntingEngine(options: ExecutionOptions(threads: 2, spill: SpillFolder.standard))
    let store = try TableStore.open(arguments[0], mode: .readOnly)
    let snapshot = try store.snapshot()
    let scope = try AccessState.withoutSetup.scope(
      of: .owner,
      for: .hunt,
      present: snapshot.tenants.map(\.name),
      at: DateTime(ticks: SystemClock().wallTicks)
    )
    engine.attach(snapshot, scope: scope)
    let benchmark = CancelBenchmark(
      engine: engine,
      text: arguments[1],
      memoryLimit: memory << 20
    )
    let seconds = min(longest, benchmark.run(cancelledAfter: longest).seconds)
    let chance = SeededRandomness(seed: seed)
    let cancels = (0..<ends).compactMap { _ in
      benchmark.run(cancelledAfter: seconds * chance.nextUnitReal()).cancel
    }
    let late = cancels.map { String($0.milliseconds) }.joined(separator: ",")
    let cpu = cancels.map { String($0.cpuMilliseconds) }.joined(separator: ",")
    let output = DescriptorOutput.standardOutput()
    try output.write("{\"seconds\":\(seconds),\"late\":[\(late)],\"cpu\":[\(cpu)]}\n")
    try output.flush()
  }

  private init(engine: HuntingEngine, text: String, memoryLimit: Int) {
    self.engine = engine
    self.text = text
    self.memoryLimit = memoryLimit
  }

  /// What passed between a cancel and the return.
  private struct Cancel {
    let milliseconds: Double
    let cpuMilliseconds: Double
  }

  /// Runs the query; `cancel` is nil where it ended by itself.
  private func run(cancelledAfter delay: Double) -> (seconds: Double, cancel: Cancel?) {
    let budget = engine.makeBudget(memoryLimit: memoryLimit, timeoutSeconds: nil)
    let asked = Mutex((time: UInt64(0), cpu: 0.0))
    let start = clock.monotonicNanoseconds
    let canceller = DispatchWorkItem {
      asked.withLock { $0 = (clock.monotonicNanoseconds, Self.cpuMilliseconds()) }
      budget.cancel()
    }
    DispatchQueue.global().asyncAfter(deadline: .now() + delay, execute: canceller)
    var wasCancelled = false
    do {
      _ = try engine.run(SourceText(text), budget: budget)
    } catch {
      wasCancelled = (error as? QueryFailure)?.kind == .cancelled
    }
    let end = clock.monotonicNanoseconds
    canceller.cancel()
    let (time, cpu) = asked.withLock { $0 }
    let cancel = Cancel(
      milliseconds: Double(end &- time) / 1e6,
      cpuMilliseconds: Self.cpuMilliseconds() - cpu
    )
    return (Double(end - start) / 1e9, wasCancelled ? cancel : nil)
  }

  /// Milliseconds that all threads of the process have taken of a processor.
  private static func cpuMilliseconds() -> Double {
    Double(Glibc.clock()) / Double(CLOCKS_PER_SEC) * 1000
  }
}
