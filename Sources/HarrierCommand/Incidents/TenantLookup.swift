import Columnar
import Execution
import FileAccess
import Fleet
import Hunting
import SourceText
import StructuredText
import Tenancy

/// Asks a shipped query about things of one tenant that an incident names, for whoever may hunt
/// there.
struct TenantLookup {
  let place: TenantPlace
  let limits: RunOptions

  /// The rows of the query; nil where the principal may not hunt in the tenant, which is told.
  ///
  /// - Parameter lists: parameters that are lists of texts.
  func rows(
    of query: FleetQuery,
    in tenant: String,
    lists: [String: [String]],
    what: String,
    _ console: Console
  ) throws -> QueryResult? {
    let access = try place.access()
    let cache = SegmentCache(limitBytes: limits.memoryLimit / 2)
    guard let store = try fleet(access, tenant, cache) else {
      let name = TerminalText(tenant).text
      console.note("note: \(what) needs the right to hunt in '\(name)' and is left out")
      return nil
    }
    var parameters = lists.mapValues { Scalar.string(ByteString(Self.json($0))) }
    parameters["Lookback"] = .timespan(FleetPlace.longest)
    let answer = try FleetReading(access: access, store: store, limits: limits)
      .answer([query], parameters: parameters, console)
    for failure in answer.failures {
      console.note("note: \(what): \(TerminalText(failure.failure.message).text)")
    }
    return answer.results.first
  }

  private func fleet(
    _ access: StoreAccess,
    _ tenant: String,
    _ cache: SegmentCache
  ) throws -> FleetStore? {
    do {
      return try access.fleet(.tenant(tenant), cache: cache)
    } catch is AccessFailure {
      return nil
    }
  }

  private static func json(_ texts: [String]) -> String {
    "[" + texts.map(JSONDocumentWriter.quoted).joined(separator: ",") + "]"
  }
}

extension QueryResult {
  /// The texts of each row, by the names of their columns; times and numbers as people read them.
  func forEachNamedRow(_ body: ([String: Scalar]) throws -> Void) throws {
    let names = schema.columns.map(\.name)
    try forEachRow { row in
      try body(Dictionary(zip(names, row), uniquingKeysWith: { first, _ in first }))
    }
  }
}

extension Scalar {
  /// The text of a string; empty for all else.
  var plainText: String {
    if case .string(let value) = self { return value.text }
    return ""
  }
}
