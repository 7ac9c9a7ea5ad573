import Columnar

extension AggregateFunction {
  /// Aggregates that make arrays and bags.
  static let collectionFamily: [AggregateFunction] = [
    makeList, makeListIf, makeListWithNulls, makeSet, makeSetIf, oldMakeList, oldMakeSet,
    makeBag, makeBagIf,
  ]

  static let makeList = AggregateFunction(
    "make_list",
    "expr:Scalar maxSize:Integer? -> Parameter0Array",
    naming: .prefixed("list"),
    "Collects values without nulls into an array, in the order of the rows.",
    examples: [
      Example("range x from 1 to 3 step 1 | summarize make_list(x)", "[1,2,3]"),
      Example("range x from 1 to 3 step 1 | summarize make_list(x, 2)", "[1,2]"),
    ],
    isOrderSensitive: true
  ) { try collection($0, "make_list", CollectionRule()) }

  static let makeListIf = filtered(
    "make_list_if",
    of: makeList,
    "expr:Scalar predicate:bool maxSize:Integer? -> Parameter0Array",
    naming: .prefixed("list"),
    "Collects the values of rows in which a predicate is true into an array.",
    examples: [
      Example("range x from 1 to 3 step 1 | summarize make_list_if(x, x > 1)", "[2,3]"),
      Example("range x from 1 to 3 step 1 | summarize make_list_if(x, x > 9)", "[]"),
    ]
  )

  static let makeListWithNulls = AggregateFunction(
    "make_list_with_nulls",
    "expr:Scalar -> Parameter0Array",
    naming: .prefixed("list"),
    "Collects values and nulls into an array, in the order of the rows.",
    examples: [
      Example("datatable(x:long)[1, long(null)] | summarize make_list_with_nulls(x)", "[1,null]"),
      Example("datatable(x:long)[] | summarize make_list_with_nulls(x)", "[]"),
    ],
    isOrderSensitive: true
  ) { try collection($0, "make_list_with_nulls", CollectionRule(keepsNulls: true)) }

  static let makeSet = AggregateFunction(
    "make_set",
    "expr:Scalar maxSize:Integer? -> Parameter0Array",
    naming: .prefixed("set"),
    "Collects different values without nulls into an array, in the order of their first rows.",
    examples: [
      Example("datatable(x:long)[2, 1, 2] | summarize make_set(x)", "[2,1]"),
      Example("range x from 1 to 3 step 1 | summarize make_set(x, 2)", "[1,2]"),
    ],
    isOrderSensitive: true
  ) { try collection($0, "make_set", CollectionRule(isSet: true)) }

  static let makeSetIf = filtered(
    "make_set_if",
    of: makeSet,
    "expr:Scalar predicate:bool maxSize:Integer? -> Parameter0Array",
    naming: .prefixed("set"),
    "Collects the different values of rows in which a predicate is true into an array.",
    examples: [
      Example("range x from 1 to 5 step 1 | summarize make_set_if(x % 2, x > 1)", "[0,1]"),
      Example("range x from 1 to 5 step 1 | summarize make_set_if(x, x > 9)", "[]"),
    ]
  )

  static let oldMakeList = AggregateFunction(
    "makelist",
    "expr:Scalar maxSize:Integer? -> Parameter0Array",
    naming: .prefixed("list"),
    replacedBy: ["make_list"],
    "Collects at most 128 values without nulls into an array; the older form of make_list.",
    examples: [
      Example("range x from 1 to 3 step 1 | summarize makelist(x)", "[1,2,3]"),
      Example("range x from 1 to 300 step 1 | summarize array_length(makelist(x))", "128"),
    ],
    isOrderSensitive: true
  ) { try collection($0, "makelist", CollectionRule(limit: 128)) }

  static let oldMakeSet = AggregateFunction(
    "makeset",
    "expr:Scalar maxSize:Integer? -> Parameter0Array",
    naming: .prefixed("set"),
    replacedBy: ["make_set"],
    "Collects at most 128 different values into an array; the older form of make_set.",
    examples: [
      Example("datatable(x:long)[2, 1, 2] | summarize makeset(x)", "[2,1]"),
      Example("range x from 1 to 300 step 1 | summarize array_length(makeset(x))", "128"),
    ],
    isOrderSensitive: true
  ) { try collection($0, "makeset", CollectionRule(isSet: true, limit: 128)) }

  static let makeBag = AggregateFunction(
    "make_bag",
    aliases: [.hidden("make_dictionary", naming: .prefixed("dictionary"))],
    "expr:DynamicBag maxSize:Integer? -> dynamic",
    naming: .prefixed("bag"),
    "Joins the members of all bags into one; the first value of a key is kept.",
    examples: [
      Example(
        "range x from 1 to 2 step 1 | summarize array_length(bag_keys("
          + "make_bag(bag_pack(tostring(x), x))))",
        "2"
      ),
      Example(
        "range x from 1 to 3 step 1 | summarize tolong(make_bag(bag_pack('a', x)).a)",
        "1"
      ),
    ],
    isOrderSensitive: true
  ) { request in
    guard request.type(0) == .dynamic else { throw request.unsupported("make_bag") }
    return BagState(limit: try collectionLimit(request, "make_bag", CollectionRule.maximum))
  }

  static let makeBagIf = filtered(
    "make_bag_if",
    of: makeBag,
    "expr:DynamicBag predicate:bool maxSize:Integer? -> dynamic",
    naming: .prefixed("bag"),
    "Joins the members of the bags of rows in which a predicate is true into one.",
    examples: [
      Example(
        "range x from 1 to 3 step 1 | summarize tolong(make_bag_if(bag_pack('a', x), x > 2).a)",
        "3"
      ),
      Example(
        "range x from 1 to 3 step 1 | summarize make_bag_if(bag_pack('a', x), x > 9)",
        "{}"
      ),
    ]
  )

  private static func collection(
    _ request: AggregateRequest,
    _ name: String,
    _ rule: CollectionRule
  ) throws -> any AggregateState {
    var rule = rule
    rule.limit = try collectionLimit(request, name, rule.limit)
    return CollectionState(type: request.type(0), rule: rule)
  }

  /// The second argument, or what holds without one.
  private static func collectionLimit(
    _ request: AggregateRequest,
    _ name: String,
    _ fallback: Int
  ) throws -> Int {
    guard request.argumentTypes.count > 1 else { return fallback }
    guard let limit = request.constantLong(1) else {
      throw QueryFailure(
        .evaluation,
        "the size limit of \(name)() is a constant number",
        range: request.range
      )
    }
    return Int(clamping: max(0, min(limit, Int64(CollectionRule.maximum))))
  }
}
