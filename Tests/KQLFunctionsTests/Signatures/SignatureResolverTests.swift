import Columnar
import KQLFunctions
import Testing

/// Holds what the resolver tells beside types: conversions, names, messages and the engine's
/// differences from the official binder.
struct SignatureResolverTests {
  private func call(
    _ name: String,
    _ arguments: CallArgument...,
    context: CallContext = CallContext()
  ) throws -> ResolvedCall {
    let symbol = try #require(SymbolCatalog.function(name) ?? SymbolCatalog.aggregate(name))
    return SignatureResolver.resolve(symbol, arguments, context: context)
  }

  private func aggregate(
    _ name: String,
    _ arguments: CallArgument...,
    context: CallContext = CallContext()
  ) throws -> ResolvedCall {
    let symbol = try #require(SymbolCatalog.aggregate(name))
    return SignatureResolver.resolve(symbol, arguments, context: context)
  }

  private func plugin(
    _ name: String,
    _ arguments: CallArgument...,
    rows: [CallColumn]
  ) throws -> ResolvedCall {
    let symbol = try #require(SymbolCatalog.plugin(name))
    return SignatureResolver.resolve(symbol, arguments, context: CallContext(rowColumns: rows))
  }

  @Test func argumentsAreConvertedToDeclaredAndCommonTypes() throws {
    #expect(
      try call("extract", .literal(.string, "a"), .column("i", .int), .column("d", .dynamic))
        .conversions == [nil, .long, .string]
    )
    #expect(
      try call("coalesce", .column("i", .int), .column("r", .real)).conversions == [.real, nil]
    )
    #expect(try call("bin", .column("i", .int), .column("i", .int)).conversions == [.long, .long])
    #expect(
      SignatureResolver.resolve(operator: "LessThan", [.int, .real])?.conversions == [.real, nil]
    )
    #expect(
      SignatureResolver.resolve(operator: "Add", [.int, .int])?.conversions == [.long, .long]
    )
    #expect(
      SignatureResolver.resolve(operator: "Add", [.datetime, .timespan])?.conversions == [nil, nil]
    )
  }

  @Test func anUnknownTypeFitsEverywhere() throws {
    let unknown = CallArgument.expression(nil)
    let substring = try call("substring", unknown, unknown, unknown)
    #expect(substring.isValid && substring.result == .scalar(.string))
    #expect(try call("abs", unknown).problems.isEmpty)
    #expect(SignatureResolver.resolve(operator: "Add", [nil, .long])?.problems == [])
  }

  @Test func messagesSayWhatIsExpectedAndFound() throws {
    let wrongType = try call("substring", .column("s", .string), .column("t", .string))
    #expect(wrongType.problems.first?.code == "KS134")
    #expect(
      wrongType.problems.first?.message(for: "substring")
        == "substring: argument 2 must be an integer, found string"
    )
    let wrongCount = try call("substring", .column("s", .string))
    #expect(
      wrongCount.problems.map { $0.message(for: "substring") }
        == ["substring: expected 2 to 3 arguments, found 1"]
    )
    let tooMany = try call("tostring", .column("s", .string), .column("s", .string))
    #expect(
      tooMany.problems.map { $0.message(for: "tostring") }
        == ["tostring: expected 1 argument, found 2"]
    )
    let noOverload = try aggregate("avg", .column("s", .string))
    #expect(
      noOverload.problems.map { $0.message(for: "avg") }
        == ["avg: not defined for arguments of type (string)"]
    )
    let undefined = SignatureResolver.resolve(operator: "Add", [.long, .string])
    #expect(
      undefined?.problems.map { $0.message(for: "+") } == ["`+` is not defined for long and string"]
    )
    let notCommon = try call("coalesce", .column("s", .string), .column("l", .long))
    #expect(
      notCommon.problems.map { $0.message(for: "coalesce") }
        == ["coalesce: the arguments have no common type"]
    )
    let value = try call(
      "countof",
      .column("s", .string),
      .literal(.string, "a"),
      .literal(.string, "x")
    )
    #expect(
      value.problems.map { $0.message(for: "countof") }
        == ["countof: argument 3 must be one of normal, regex, found string"]
    )
  }

  @Test func problemsPointAtTheirArgument() throws {
    let both = try call("strcat_delim", .column("l", .long), .column("s", .string))
    #expect(both.problems.first?.argument == nil)
    let second = try call(
      "datetime_add",
      .literal(.string, "day"),
      .column("s", .string),
      .column("s", .string)
    )
    #expect(second.problems.map(\.argument) == [1, 2])
  }

  @Test func engineDiffersFromTheBinder() throws {
    #expect(try aggregate("count", .column("l", .long)).result == .scalar(.long))
    let now = CallArgument(.scalar(.datetime), isConstant: true)
    let column = CallArgument.column("t", .datetime)
    #expect(try call("getyear", now).result == .scalar(.long))
    #expect(try call("getyear", column).result == .scalar(.int))
    let week = CallArgument.literal(.string, "Week")
    #expect(try call("datetime_diff", week, column, column).result == .scalar(.real))
    #expect(try call("ceiling", .literal(.long, "3")).result == .scalar(.real))
    let array = CallArgument.column("d", .dynamic)
    #expect(try call("jaccard_index", array, array).result == .scalar(.real))
    let constant = CallArgument(.scalar(.string), isConstant: true, text: "yyyy")
    #expect(try call("format_datetime", column, constant).isValid)
    #expect(try !call("format_datetime", column, .column("s", .string)).isValid)
    let covariance = try #require(SymbolCatalog.aggregate("covariance"))
    let arguments: [CallArgument] = [.column("x", .real), .column("y", .real)]
    #expect(covariance.resultName(arguments) == "covariance_x_y")
  }

  @Test func starLeavesOutKeysAndNamedColumns() throws {
    let rows = [
      CallColumn("k", .string), CallColumn("t", .datetime), CallColumn("v", .long),
    ]
    let context = CallContext(rowColumns: rows, keyColumns: ["k"])
    let latest = try aggregate(
      "arg_max",
      .column("t", .datetime),
      CallArgument(.star),
      context: context
    )
    #expect(latest.result == .columns([CallColumn("t", .datetime), CallColumn("v", .long)]))
    let any = try aggregate("take_any", CallArgument(.star), context: context)
    #expect(any.result == .columns([CallColumn("t", .datetime), CallColumn("v", .long)]))
  }

  @Test func percentileNamesHoldTheLiteral() throws {
    let percentiles = try aggregate(
      "percentiles",
      .column("x", .decimal),
      .literal(.real, "99.9"),
      .literal(.real, "25.0"),
      .literal(.long, "5")
    )
    #expect(
      percentiles.result
        == .columns(["99_9", "25", "5"].map { CallColumn("percentile_x_" + $0, .real) })
    )
  }

  @Test func columnIfExistsIsNamedAfterAColumnThatExists() throws {
    let symbol = try #require(SymbolCatalog.function("column_ifexists"))
    let arguments: [CallArgument] = [.literal(.string, "x"), .literal(.long, "1")]
    #expect(symbol.resultName(arguments) { $0 == "x" } == "x")
    #expect(symbol.resultName(arguments) { _ in false } == nil)
  }

  @Test func pluginsTellTheirColumns() throws {
    let rows = [CallColumn("d", .dynamic), CallColumn("x", .long)]
    let unpacked = try plugin("bag_unpack", .column("d", .dynamic), rows: rows)
    #expect(unpacked.result == .table([CallColumn("x", .long)], isOpen: true))
    let narrow = try plugin("narrow", rows: rows)
    #expect(
      narrow.result
        == .table(
          [CallColumn("Row", .long), CallColumn("Column", .string), CallColumn("Value", .string)],
          isOpen: false
        )
    )
    let table = CallArgument(
      .table,
      columns: [CallColumn("net", .string), CallColumn("x", .long)]
    )
    let lookup = try plugin(
      "ipv4_lookup",
      table,
      .column("ip", .string),
      .column("net", .string),
      rows: [CallColumn("ip", .string), CallColumn("x", .long)]
    )
    #expect(
      lookup.result
        == .table(
          [
            CallColumn("ip", .string), CallColumn("x", .long), CallColumn("net", .string),
            CallColumn("x1", .long),
          ],
          isOpen: false
        )
    )
    #expect(lookup.isValid)
  }
}
