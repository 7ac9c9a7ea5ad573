import Columnar

extension ScalarFunction {
  /// Times of the clocks of time zones.
  static let localTimeFamily: [ScalarFunction] = [toLocal, toUTC, listTimeZones]

  static let toLocal = ScalarFunction(
    "datetime_utc_to_local",
    "from timezone",
    "Converts an instant to the local time of a time zone.",
    examples: [
      Example(
        "print datetime_utc_to_local(datetime(2024-07-01 12:00), 'Europe/Copenhagen')",
        "2024-07-01T14:00:00.0000000Z"
      ),
      Example(
        "print datetime_utc_to_local(datetime(2024-01-01), 'US/Pacific')",
        "2023-12-31T16:00:00.0000000Z"
      ),
    ],
    kernels: [.converting { zone, time in zone.local(of: time) }]
  )

  static let toUTC = ScalarFunction(
    "datetime_local_to_utc",
    "from timezone",
    "Converts the local time of a time zone to an instant; of two, the first.",
    examples: [
      Example(
        "print datetime_local_to_utc(datetime(2024-07-01 14:00), 'Europe/Copenhagen')",
        "2024-07-01T12:00:00.0000000Z"
      ),
      Example(
        "print datetime_local_to_utc(datetime(2024-01-01), 'Asia/Tokyo')",
        "2023-12-31T15:00:00.0000000Z"
      ),
    ],
    kernels: [.converting { zone, time in zone.instant(ofLocal: time) }]
  )

  static let listTimeZones = ScalarFunction(
    "datetime_list_timezones",
    "",
    "Lists the names of the time zones that are known.",
    examples: [
      Example("print array_index_of(datetime_list_timezones(), 'Africa/Abidjan')", "0"),
      Example("print set_has_element(datetime_list_timezones(), 'UTC')", "true"),
    ],
    kernels: [
      ScalarKernel([], result: .dynamic) { call in
        var writer = DynamicWriter()
        writer.beginArray()
        for name in try call.timeZones.names() { writer.append(string: Array(name.utf8)) }
        writer.endArray()
        return Vector(constant: .dynamic(writer.value()), count: call.count)
      }
    ]
  )
}

extension ScalarKernel {
  /// Lifts a conversion between an instant and the local time of a zone.
  ///
  /// A constant zone that is unknown ends the query; one among the data makes its row null.
  fileprivate static func converting(
    _ convert: @escaping @Sendable (TimeZoneRules, DateTime) -> DateTime?
  ) -> ScalarKernel {
    ScalarKernel([.type(.datetime), .type(.string)], result: .datetime) { call in
      let database = try call.timeZones
      let zones = call.site.prepare(KnownZones.self) { KnownZones() }
      let isConstant = call.arguments[1].constant != nil
      return try liftFixed(call) {
        let times = FixedReader<DateTime>(call.arguments[0])
        let names = TextReader(call.arguments[1])
        return { row -> DateTime? in
          let name = names[row]
          if let zone = try zones.rules(name, database) { return convert(zone, times[row]) }
          guard isConstant else { return nil }
          throw QueryFailure(
            .evaluation,
            "'\(String(decoding: name.buffer.prefix(64), as: UTF8.self))' is no time zone; "
              + "datetime_list_timezones() lists them",
            range: call.site.range
          )
        }
      }
    }
  }
}

extension KernelCall {
  /// The time zones of the query; throws where it has none.
  fileprivate var timeZones: any TimeZoneDatabase {
    get throws {
      if let zones = site.constants.timeZones { return zones }
      throw QueryFailure(.unsupported, "there is no time zone database here", range: site.range)
    }
  }
}

/// The zones that one call site has met, so that each is looked up once.
private final class KnownZones {
  /// Names among hostile data must not fill the memory.
  private static let limit = 1024

  private var zones: [[UInt8]: TimeZoneRules?] = [:]
  private var lastName: [UInt8] = []
  private var last: TimeZoneRules?

  /// The rules of a zone; nil where there is none of that name.
  func rules(_ name: TextView, _ database: any TimeZoneDatabase) throws -> TimeZoneRules? {
    if lastName.withTextView({ $0.isEqual(name) }) { return last }
    lastName = name.bytes
    last = try found(lastName, database)
    return last
  }

  private func found(
    _ name: [UInt8],
    _ database: any TimeZoneDatabase
  ) throws -> TimeZoneRules? {
    if let known = zones[name] { return known }
    if zones.count == Self.limit { zones.removeAll() }
    let rules = try database.rules(named: String(decoding: name, as: UTF8.self))
    zones[name] = .some(rules)
    return rules
  }
}
