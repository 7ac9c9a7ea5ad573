import Columnar
import KQLBinding
import QueryPlan
import KQLSyntax
import SourceText
import Testing

/// Names and types of result columns.
struct ColumnTests {
  /// A query and its columns.
  struct Sample: CustomTestStringConvertible {
    let query: String
    let columns: String

    init(_ query: String, _ columns: String) { (self.query, self.columns) = (query, columns) }

    var testDescription: String { query }
  }

  static let names: [Sample] = [
    Sample("print 1, b = 2, tostring(3)", "print_0:long b:long print_2:string"),
    Sample(
      "Logons | project tolower(DeviceName), strlen(DeviceName)",
      "Column1:string strlen_DeviceName:long"
    ),
    Sample(
      "Logons | project Details.a.b, Details['c'], Details.d[-1], tostring(Details.e)",
      "Details_a_b:dynamic Details_c:dynamic Details_d__1:dynamic Details_e:string"
    ),
    Sample(
      "Logons | extend Count + 1 | extend Count + 2 | project-away Timestamp, Details",
      "DeviceName:string Count:long Column1:long Column2:long"
    ),
    Sample(
      "Logons | summarize count(), dcount(DeviceName), sum(Count) by bin(Timestamp, 1h)",
      "Timestamp:datetime count_:long dcount_DeviceName:long sum_Count:long"
    ),
    Sample(
      "Logons | summarize arg_max(Timestamp, *) by DeviceName",
      "DeviceName:string Timestamp:datetime Count:long Details:dynamic"
    ),
    Sample(
      "Logons | summarize percentiles(Count, 5, 99.9), make_set(DeviceName), countif(Count > 1)",
      "percentile_Count_5:long percentile_Count_99_9:long set_DeviceName:dynamic countif_:long"
    ),
    Sample(
      "Logons | summarize (a, b) = arg_min(Timestamp, DeviceName), count(Count)",
      "a:datetime b:string count_Count:long"
    ),
    Sample("Logons | summarize covariance(Count, Count)", "covariance_Count_Count:real"),
    Sample(
      "Logons | extend x = series_stats(Details) | project x, series_stats_Details_max",
      "x:real series_stats_Details_max:real"
    ),
    Sample("Logons | distinct tostring(Details.a), Count", "Details_a:string Count:long"),
    Sample("let x = 5; print x, y = x", "print_0:long y:long"),
  ]

  static let operators: [Sample] = [
    Sample(
      "Logons | join Devices on DeviceName | project DeviceName, DeviceName1, Ports",
      "DeviceName:string DeviceName1:string Ports:int"
    ),
    Sample("Logons | join kind=leftanti Devices on DeviceName | count", "Count:long"),
    Sample(
      "Logons | lookup Devices on DeviceName | project-keep D*, P*",
      "DeviceName:string Details:dynamic Ports:int"
    ),
    Sample(
      "union (print x = 1), (print x = toint(2)), (print x_long = 3)",
      "x_long1:long x_int:int x_long:long"
    ),
    Sample("union withsource = T Log*, Devices | project T, Ports", "T:string Ports:int"),
    Sample(
      "Logons | mv-expand d = Details to typeof(long), Details | project Details, d",
      "Details:dynamic d:long"
    ),
    Sample(
      "Logons | mv-apply Details on (summarize n = count() by k = tostring(Details))"
        + " | project-away Timestamp",
      "DeviceName:string Count:long k:string n:long"
    ),
    Sample("Logons | parse DeviceName with a '-' n:long | project a, n", "a:string n:long"),
    Sample(
      "Logons | make-series c = count() on Timestamp step 1h by DeviceName",
      "DeviceName:string c:dynamic Timestamp:dynamic"
    ),
    Sample(
      "Logons | top-nested 3 of DeviceName by count()",
      "DeviceName:string aggregated_DeviceName:long"
    ),
    Sample("Devices | search 'x' ", "$table:string DeviceName:string Ports:int"),
    Sample(
      "find in (Logons, Devices) where DeviceName == 'x' project DeviceName, Ports",
      "source_:string DeviceName:string Ports:int"
    ),
    Sample("Devices | evaluate narrow()", "Row:long Column:string Value:string"),
    Sample(
      "Logons | evaluate bag_unpack(Details) : (*, a: long) | project a, Count",
      "a:long Count:long"
    ),
    Sample(
      "Logons | project-rename When = Timestamp | project-reorder When, D* desc | getschema",
      "ColumnName:string ColumnOrdinal:int DataType:string ColumnType:string"
    ),
    Sample("_GetWatchlist('admins')", "SearchKey:string"),
  ]

  static let types: [Sample] = [
    Sample(
      "print int(1) + int(1), 1 / 2, 1 + 2.0, now() - 1h, 1d / 1h, 2 * 1d",
      "print_0:long print_1:long print_2:real print_3:datetime print_4:real print_5:timespan"
    ),
    Sample(
      "print iff(true, int(1), 2), case(true, 'a', 'b'), coalesce(int(1), 2), bin(1, 0.5)",
      "print_0:long print_1:string print_2:long print_3:real"
    ),
    Sample("print dynamic({'a': 1}).a + 1, dynamic(1) == 'x'", "print_0:long print_1:bool"),
    Sample(
      "print -9223372036854775808, datetime(8:00), timespan(2), 1.5h",
      "print_0:long print_1:datetime print_2:timespan print_3:timespan"
    ),
    Sample(
      "print extract('a', 0, 'b', typeof(long)), column_ifexists('a', 1)",
      "print_0:long print_1:long"
    ),
    Sample(
      "let f = (a: long, b: string = 'x') { strcat(a, b) }; print f(1), f(b = 'q', a = 2)",
      "print_0:string print_1:string"
    ),
    Sample(
      "let f = (T: (DeviceName: string), n: long) { T | take n }; Devices | invoke f(3)",
      "DeviceName:string Ports:int"
    ),
    Sample(
      "declare pattern p = (a: string)[b: string] { ('x').['y'] = { print 1 }; }; p('x').y",
      "print_0:long"
    ),
  ]

  @Test(arguments: names + operators + types) func columns(sample: Sample) {
    let bound = Bound(sample.query)
    #expect(bound.codes == [])
    #expect(bound.schema == sample.columns)
  }

  @Test("columns of a stage are known once it has run") func stages() throws {
    let text = "Logons | evaluate bag_unpack(Details) | project a, Count"
    let open = Bound(text)
    #expect(open.schema == "a:unknown Count:long")
    var environment = TestEnvironment.small
    guard case .project(let project)? = open.query.plan, case .staged(let stage) = project.input
    else {
      Issue.record("no stage below the projection")
      return
    }
    environment.stages[stage.key] = StageResolution(
      table: "stage",
      columns: [.init("a", .string), .init("Count", .long)]
    )
    #expect(Bound(text, in: environment).schema == "a:string Count:long")
  }

  @Test("query parameters take given values") func parameters() {
    let text = "declare query_parameters(n: long = 1, s: string); print n, s"
    #expect(Bound(text).codes.first?.hasPrefix("HR214") == true)
    let options = BindingOptions(queryParameters: ["s": .string("x")])
    #expect(Bound(text, in: .small, options).schema == "print_0:long print_1:string")
  }
}
