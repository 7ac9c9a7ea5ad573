import Columnar
import Testing

struct DynamicFunctionTests {
  @Test(arguments: arrays + access) func arraysAndAccess(item: FunctionCase) throws {
    try item.check()
  }

  @Test(arguments: sets + bags) func setsAndBags(item: FunctionCase) throws { try item.check() }

  private static let access: [FunctionCase] = [
    FunctionCase("Member", [.json(#"{"a":{"b":7}}"#), "a"], #"{"b":7}"#),
    FunctionCase("Member", [.json(#"{"a":null}"#), "a"], "null"),
    FunctionCase("Member", [.json("[1]"), "a"], "null"),
    FunctionCase("Element", [.json("[1,2,3]"), -1], "3"),
    FunctionCase("Element", [.json("[1,2,3]"), 3], "null"),
    FunctionCase("Element", [.json(#"{"a":1}"#), 0], "null"),
    FunctionCase("Element", [.json(#"{"a":1}"#), .json(#""a""#)], "1"),
    FunctionCase("Element", [.json(#"["x"]"#), .json("0")], "x"),
  ]

  private static let arrays: [FunctionCase] = [
    FunctionCase("array_length", [.json("[1,2]")], "2"),
    FunctionCase("array_length", [.json("{}")], "null"),
    FunctionCase("array_concat", [.json("[1]"), .json("[2,3]")], "[1,2,3]"),
    FunctionCase("array_slice", [.json("[1,2,3,4,5]"), 2, -1], "[3,4,5]"),
    FunctionCase("array_slice", [.json("[1,2,3,4,5]"), -3, -2], "[3,4]"),
    FunctionCase("array_slice", [.json("[1,2]"), 0, 100], "[1,2]"),
    FunctionCase("array_slice", [.json("[1,2]"), 1, 0], "[]"),
    FunctionCase("array_split", [.json("[1,2,3,4,5]"), .json("[1,3]")], "[[1],[2,3],[4,5]]"),
    FunctionCase("array_rotate_right", [.json("[1,2,3,4,5]"), 2], "[4,5,1,2,3]"),
    FunctionCase("array_rotate_left", [.json("[]"), 2], "[]"),
    FunctionCase("array_shift_left", [.json("[1,2,3]"), 2, -1], "[3,-1,-1]"),
    FunctionCase("array_shift_right", [.json("[1,2,3]"), 9], "[null,null,null]"),
    FunctionCase("array_index_of", [.json(#"["a","b","a"]"#), "a", 0, -1, 2], "2"),
    FunctionCase("array_index_of", [.json("[5,15]"), .real(15)], "1"),
    FunctionCase("array_iff", [.json("[true,0,null]"), .json("[1,2,3]"), 9], "[1,9,null]"),
    FunctionCase("array_sort_asc", [.json(#"[null,"b",3,"a"]"#)], #"[3,"a","b",null]"#),
    FunctionCase("array_sort_desc", [.json("[2,3,1]"), .bool(false)], "[3,2,1]"),
    FunctionCase(
      "array_sort_asc",
      [.json("[3,1]"), .json(#"["c","a"]"#), .json("[0]")],
      #"[[1,3],["a","c"],null]"#
    ),
    FunctionCase("array_sum", [.json("[1,2.5]")], "3.5"),
    FunctionCase("zip", [.json("[1,2]"), .json("[3]")], "[[1,3],[2,null]]"),
    FunctionCase("range", [1, 8, 3], "[1,4,7]"),
    FunctionCase("range", [3, 1], "[]"),
    FunctionCase("range", [.real(0), .real(1), .real(0.5)], "[0.0,0.5,1.0]"),
    FunctionCase("repeat", ["x", 2], #"["x","x"]"#),
    FunctionCase("strcat_array", [.json(#"["a",null,"",1]"#), "|"], "a|||1"),
    FunctionCase(
      "treepath",
      [.json(#"{"a":{"b":[1]}}"#)],
      #"["['a']","['a']['b']","['a']['b'][0]"]"#
    ),
  ]

  private static let sets: [FunctionCase] = [
    FunctionCase("set_union", [.json("[1,2,2]"), .json("[3,1]")], "[1,2,3]"),
    FunctionCase("set_intersect", [.json("[1,2,3]"), .json("[3,2]"), .json("[2]")], "[2]"),
    FunctionCase("set_difference", [.json("[null,1,null]"), .json("[null]")], "[1]"),
    FunctionCase("set_has_element", [.json("[1,2]"), "2"], "False"),
    FunctionCase("set_equals", [.json("[1,2,2]"), .json("[2,1]")], "True"),
    FunctionCase("jaccard_index", [.json("[1,2,3]"), .json("[1,2,3,4]")], "0.75"),
  ]

  private static let bags: [FunctionCase] = [
    FunctionCase("bag_pack", ["a", 1, "b", "x"], #"{"a":1,"b":"x"}"#),
    FunctionCase("pack_all", ["a", "", "b", 1], #"{"b":1}"#),
    FunctionCase("bag_keys", [.json("[1]")], "null"),
    FunctionCase("bag_merge", [.json(#"{"a":1}"#), .json(#"{"a":2,"b":3}"#)], #"{"a":1,"b":3}"#),
    FunctionCase("bag_has_key", [.json(#"{"a":{"b":1}}"#), "$.a.b"], "True"),
    FunctionCase(
      "bag_remove_keys",
      [.json(#"{"a":{"b":1,"c":2},"d":3}"#), .json(#"["$.a.b","d"]"#)],
      #"{"a":{"c":2}}"#
    ),
    FunctionCase("bag_set_key", [.json(#"{"a":1}"#), "$.b.c", 2], #"{"a":1,"b":{"c":2}}"#),
    FunctionCase("bag_zip", [.json(#"["a",8,"b"]"#), .json("[1,2,2.5]")], #"{"a":1,"b":2.5}"#),
  ]
}
