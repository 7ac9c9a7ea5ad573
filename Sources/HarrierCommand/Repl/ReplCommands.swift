import Columnar
import FileAccess
import Hunting
import HuntingShell
import KQLBinding
import QueryPlan
import SourceText
import TableStore
import Tenancy

/// What the commands of the shell do.
struct ReplCommands {
  let session: ReplSession
  private var console: Console { session.console }

  init(_ session: ReplSession) { self.session = session }

  /// Runs a line; false where it ends the session.
  func run(_ line: [UInt8]) throws -> Bool {
    let command: DotCommand
    do throws(DotCommand.Refusal) {
      command = try DotCommand(line)
    } catch {
      throw QueryFailure(.evaluation, error.message)
    }
    switch command.name {
    case .quit: return false
    case .help: try help(command.argument)
    case .tables: try tables(command.argument)
    case .schema: try schema(command.argument)
    case .tenants: try tenants()
    case .use: try use(command.argument)
    case .mode: try mode(command.argument)
    case .pager: try pager(command.argument)
    case .output: try output(command.argument)
    case .timer: session.showsTimer = try isOn(command)
    case .limit: try limit(command.argument)
    case .timespan: try timespan(command.argument)
    case .read: try read(command.argument)
    case .save, .saved, .run, .forget: try ReplLibrary(session).run(command)
    case .functions: try functions(command.argument)
    case .explain: try explain(command.argument)
    case .load: try load(command.argument)
    case .history: try history(command.argument)
    }
    try console.output.flush()
    return true
  }

  private func write(_ lines: [String]) throws {
    try show(lines.map { TerminalText($0).text + "\n" }.joined())
  }

  /// Shows a text that is safe.
  private func show(_ text: String) throws {
    try ReplPager(session).show { try $0.write(text) }
  }

  private func help(_ topic: String) throws {
    if !topic.isEmpty, !topic.hasPrefix(".") { return try functions(topic) }
    let usages = DotCommand.Name.allCases.map { ".\($0.rawValue) \($0.usage)" }
    let width = usages.map(\.count).max() ?? 0
    try write(
      zip(usages, DotCommand.Name.allCases).map { usage, name in
        usage + String(repeating: " ", count: width - usage.count + 2) + name.summary
      } + ["", "A query ends with ; or with a blank line. Tab completes, Ctrl-R searches."]
    )
  }

  private func tables(_ part: String) throws {
    _ = try session.openStore()
    let present = session.engine.presentTables
    let known = part.isEmpty ? [] : session.engine.schemas.names
    let wanted = part.lowercased()
    let names = present.union(known).sorted().filter {
      wanted.isEmpty || $0.lowercased().contains(wanted)
    }
    try write(names.map { present.contains($0) || part.isEmpty ? $0 : "\($0)  (no rows here)" })
    if names.isEmpty { console.note("no table has rows here; .load TABLE=FILE loads one") }
  }

  private func schema(_ name: String) throws {
    if name.isEmpty { throw Self.usage(.schema) }
    _ = try session.openStore()
    let checked = session.engine.check(SourceText(Self.reference(name)))
    guard let columns = checked.bound.results.first?.plan.columns, !checked.diagnostics.hasErrors
    else {
      let near = session.engine.schemas.nearestNames(to: name)
      let hint = near.isEmpty ? "" : "; did you mean \(near.joined(separator: ", "))"
      throw QueryFailure(.evaluation, "there is no table '\(name)'\(hint)")
    }
    let width = columns.map(\.name.count).max() ?? 0
    try write(
      columns.map { column in
        let gap = String(repeating: " ", count: width - column.name.count + 2)
        return column.name + gap + column.type.name
      }
    )
  }

  /// A table's name as a query writes any name.
  private static func reference(_ name: String) -> String {
    let escaped = name.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
    return "['\(escaped)']"
  }

  private func tenants() throws {
    guard let store = session.data.store else {
      return console.note("no store is open; harrier --store DIR opens one")
    }
    let seen = try StoreAccess(store, as: session.data.tenants.identity.principal)
    let mine = seen.state.tenants(
      of: seen.principal,
      present: try seen.present(),
      at: AccessClock.now
    )
    try session.show(AccessListing.tenants(mine))
    let used = try session.openStore()?.scope.tenants.map(\.name) ?? []
    console.note("in use: \(TerminalText(used.joined(separator: ", ")).text)")
  }

  private func use(_ text: String) throws {
    guard session.data.store != nil else {
      throw QueryFailure(.evaluation, "no store is open; harrier --store DIR opens one")
    }
    guard TenantSelection(text) != nil else { throw Self.usage(.use) }
    let before = session.data.tenants.tenant
    session.data.tenants.tenant = text
    do {
      let scope = try session.openStore()?.scope
      let names = scope?.tenants.map(\.name).joined(separator: ", ") ?? ""
      console.note("in use: \(TerminalText(names).text)")
    } catch {
      session.data.tenants.tenant = before
      throw error
    }
  }

  private func mode(_ text: String) throws {
    guard let format = ResultFormat(rawValue: text) else { throw Self.usage(.mode) }
    session.format = format == .table ? nil : format
  }

  private func pager(_ text: String) throws {
    guard let pager = PagerSetting(text) else { throw Self.usage(.pager) }
    session.pager = pager
  }

  private func output(_ path: String) throws {
    session.output = nil
    if path.isEmpty || path == "-" || path == "stdout" { return }
    session.output = (path, try LocalFileSystem().create(path))
  }

  private func isOn(_ command: DotCommand) throws -> Bool {
    switch command.argument {
    case "on": return true
    case "off": return false
    default: throw Self.usage(command.name)
    }
  }

  private func limit(_ text: String) throws {
    if text == "off" {
      session.rowLimit = nil
    } else if let rows = Int(text), rows >= 0 {
      session.rowLimit = rows
    } else {
      throw Self.usage(.limit)
    }
  }

  private func timespan(_ text: String) throws {
    guard text == "all" || TenantOptions.span(text) != nil else { throw Self.usage(.timespan) }
    session.data.tenants.timespan = text
  }

  private func read(_ path: String) throws {
    if path.isEmpty { throw Self.usage(.read) }
    let bytes = try LocalFileSystem().readAll(path, limitBytes: 16 << 20)
    let source = SourceText(bytes: bytes, name: path)
    session.lastQuery = source
    _ = try CommandRun.guarded(console, source: { source }) { try session.answer(source) }
  }

  private func functions(_ name: String) throws {
    if name.isEmpty { return try show(FunctionsCommand.list()) }
    guard let page = FunctionsCommand.page(name) else {
      return console.note(FunctionsCommand.unknown(name))
    }
    try show(page)
  }

  private func explain(_ text: String) throws {
    let source = text.isEmpty ? session.lastQuery : SourceText(text)
    guard let source else { throw Self.usage(.explain) }
    _ = try session.openStore()
    let checked = session.engine.check(source)
    console.show(checked.diagnostics, of: source)
    if checked.diagnostics.hasErrors { return }
    let plans = checked.bound.results.map { result in
      TerminalLines.safe(PlanText.describe(session.engine.optimized(result.plan))) + "\n"
    }
    try show(plans.joined())
  }

  private func load(_ text: String) throws {
    guard text.contains("=") else { throw Self.usage(.load) }
    var limits = LoadLimits()
    let line = session.isInteractive ? console.makeProgressLine() : nil
    defer { line?.erase() }
    if let line { limits.progress = { line.show($0) } }
    let reports = try session.engine.load(
      [text],
      memoryLimit: session.limits.memoryLimit,
      limits: limits
    )
    for report in reports {
      for message in report.messages {
        console.note("\(report.table): \(TerminalText(message).text)")
      }
    }
  }

  private func history(_ text: String) throws {
    guard let count = text.isEmpty ? 20 : Int(text), count > 0 else { throw Self.usage(.history) }
    let entries = session.history()
    try write(entries.suffix(count).map { String(decoding: $0, as: UTF8.self) })
  }

  static func usage(_ name: DotCommand.Name) -> QueryFailure {
    QueryFailure(.evaluation, "write .\(name.rawValue) \(name.usage): \(name.summary)")
  }
}
