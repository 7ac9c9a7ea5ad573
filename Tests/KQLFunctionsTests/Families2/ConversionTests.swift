import Columnar
import Testing

struct ConversionTests {
  @Test(arguments: numbers) func toNumbers(item: FunctionCase) throws { try item.check() }

  @Test(arguments: others) func timesAndTexts(item: FunctionCase) throws { try item.check() }

  private static let numbers: [FunctionCase] = [
    FunctionCase("tolong", ["0xFFFFFFFFFFFFFFFF"], "-1"),
    FunctionCase("tolong", ["5.7"], "null"),
    FunctionCase("tolong", [.real(-2.9)], "-2"),
    FunctionCase("tolong", [.real(-1e300)], "-9223372036854775808"),
    FunctionCase("tolong", [.span("1d")], "864000000000"),
    FunctionCase("tolong", [.json(#""12""#)], "12"),
    FunctionCase("tolong", [.guid(GUID(high: 1, low: 2))], "null"),
    FunctionCase("toint", [9_999_999_999], "1410065407"),
    FunctionCase("toint", ["9999999999"], "null"),
    FunctionCase("toint", [.span("1h")], "1640261632"),
    FunctionCase("todouble", ["1e400"], "inf"),
    FunctionCase("todouble", ["1_000"], "null"),
    FunctionCase("todouble", [.null(.long)], "null"),
    FunctionCase("tobool", ["tRuE"], "True"),
    FunctionCase("tobool", ["-1"], "True"),
    FunctionCase("tobool", ["1.0"], "null"),
    FunctionCase("tobool", [" true"], "null"),
    FunctionCase("todecimal", ["1.50"], "1.50"),
  ]

  private static let others: [FunctionCase] = [
    FunctionCase("todatetime", ["2020-02-30"], "null"),
    FunctionCase("todatetime", ["2020-01-02 03:04"], "2020-01-02T03:04:00.0000000Z"),
    FunctionCase("todatetime", [0], "0001-01-01T00:00:00.0000000Z"),
    FunctionCase("todatetime", [-1], "null"),
    FunctionCase("totimespan", ["1.02:03:04.5"], "1.02:03:04.5000000"),
    FunctionCase("totimespan", ["1.5"], "null"),
    FunctionCase(
      "toguid",
      ["0123456789abcdef0123456789abcdef"],
      "01234567-89ab-cdef-0123-456789abcdef"
    ),
    FunctionCase("tostring", [.null(.long)], ""),
    FunctionCase("tostring", [.json(#"{"a":[1,"b"]}"#)], #"{"a":[1,"b"]}"#),
    FunctionCase("tohex", [-256], "ffffffffffffff00"),
    FunctionCase("tohex", [.int(-256), 8], "ffffff00"),
    FunctionCase("tohex", [0], "0"),
    FunctionCase("gettype", [.json("1.5")], "double"),
    FunctionCase("gettype", [.null(.dynamic)], "null"),
    FunctionCase("gettype", [.null(.int)], "int"),
    FunctionCase("parse_json", ["not json"], "not json"),
    FunctionCase("parse_json", ["null"], "null"),
    FunctionCase(
      "dynamic_to_json",
      [.json(#"{"b":1,"a":{"d":2,"c":3}}"#)],
      #"{"a":{"c":3,"d":2},"b":1}"#
    ),
  ]
}
