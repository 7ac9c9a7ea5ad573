import Columnar

extension ScalarFunction {
  static let bagFamily: [ScalarFunction] = [
    bagPack, packAll, bagKeys, bagHasKey, bagMerge, bagRemoveKeys, bagSetKey, bagZip,
  ]

  static let bagPack = ScalarFunction(
    "bag_pack",
    aliases: [.obsolete("pack"), .obsolete("pack_dictionary")],
    "key:string*1... value*1... -> Custom",
    "Makes a bag of keys and values.",
    examples: [
      Example("print bag_pack(\"a\", 1).a", "1"),
      Example("print array_length(bag_keys(bag_pack(\"a\", 1, \"b\", 2)))", "2"),
    ],
    kernels: [
      .dynamic([.any], minimumCount: 0, isVariadic: true) { arguments, writer in
        packPairs(arguments, &writer) { _ in true }
      }
    ]
  )

  static let packAll = ScalarFunction(
    "pack_all",
    "ignore_null_empty@Literal? -> Custom",
    "Makes a bag of all columns; with true, of those that are neither null nor empty.",
    examples: [
      Example("print a = 1, b = \"\" | project array_length(bag_keys(pack_all()))", "2"),
      Example("print a = 1, b = \"\" | project array_length(bag_keys(pack_all(true)))", "1"),
    ],
    kernels: [
      .dynamic([.any], minimumCount: 0, isVariadic: true) { arguments, writer in
        packPairs(arguments, &writer) { !$0.isNull && $0.string?.isEmpty != true }
      }
    ]
  )

  /// Writes a bag of arguments that are keys and values in turn; a key that is no text is left
  /// out.
  private static func packPairs(
    _ arguments: DynamicArguments,
    _ writer: inout DynamicWriter,
    _ isWanted: (DynamicView) -> Bool
  ) {
    writer.beginBag()
    for index in stride(from: 0, to: arguments.count - 1, by: 2) {
      guard let key = arguments[index].string, isWanted(arguments[index + 1]) else { continue }
      writer.appendName(key)
      writer.append(arguments[index + 1])
    }
    writer.endBag()
  }

  static let bagKeys = ScalarFunction(
    "bag_keys",
    "object:DynamicBag",
    "Lists the keys of a bag; null for anything else.",
    examples: [
      Example("print bag_keys(dynamic({\"a\": 1}))[0]", "a"),
      Example("print bag_keys(dynamic({}))", "[]"),
    ],
    kernels: [
      .dynamic([.type(.dynamic)]) { arguments, writer in
        guard arguments[0].kind == .bag else { return }
        writer.beginArray()
        for member in arguments[0].members { writer.append(string: member.key) }
        writer.endArray()
      }
    ]
  )

  static let bagHasKey = ScalarFunction(
    "bag_has_key",
    "bag:DynamicBag key",
    "Tells whether a bag has a key, which may be a path `$.a.b`.",
    examples: [
      Example("print bag_has_key(dynamic({\"a\": 1}), \"a\")", "true"),
      Example("print bag_has_key(dynamic({\"a\": {\"b\": 1}}), \"$.a.c\")", "false"),
    ],
    kernels: [
      .viewing([.type(.dynamic), .type(.string)]) { arguments -> Bool? in
        guard arguments[0].kind == .bag, let key = arguments[1].string else { return nil }
        return arguments[0].value(at: BagPath(key)) != nil
      }
    ]
  )

  static let bagMerge = ScalarFunction(
    "bag_merge",
    "bag:DynamicBag*2...64 -> Custom",
    "Joins the members of bags; the leftmost value of a key is kept.",
    examples: [
      Example("print bag_merge(dynamic({\"a\": 1}), dynamic({\"a\": 2})).a", "1"),
      Example(
        "print array_length(bag_keys(bag_merge(dynamic({\"a\": 1}), dynamic({\"b\": 2}))))",
        "2"
      ),
    ],
    kernels: [
      .dynamic([.type(.dynamic)], minimumCount: 1, isVariadic: true) { arguments, writer in
        let bags = arguments.all.filter { $0.kind == .bag }
        guard !bags.isEmpty else { return }
        writer.appendMerged(bags)
      }
    ]
  )

  static let bagRemoveKeys = ScalarFunction(
    "bag_remove_keys",
    "bag:DynamicBag keys:DynamicArray -> Custom",
    "Removes members from a bag by an array of keys, which may be paths `$.a.b`.",
    examples: [
      Example("print bag_remove_keys(dynamic({\"a\": 1, \"b\": 2}), dynamic([\"a\"])).b", "2"),
      Example("print bag_remove_keys(dynamic({\"a\": 1}), dynamic([\"a\"]))", "{}"),
    ],
    kernels: [
      .dynamic([.type(.dynamic), .type(.dynamic)]) { arguments, writer in
        guard arguments[0].kind == .bag else { return }
        let paths = arguments[1].elements.compactMap { $0.string.map { BagPath($0) } }
        writer.append(arguments[0], without: paths)
      }
    ]
  )

  static let bagSetKey = ScalarFunction(
    "bag_set_key",
    "bag:DynamicBag key@Constant value -> Custom",
    "Puts a value into a bag by its key, which may be a path `$.a.b`.",
    examples: [
      Example("print bag_set_key(dynamic({\"a\": 1}), \"a\", 7).a", "7"),
      Example("print bag_set_key(dynamic({}), \"$.a.b\", 7).a.b", "7"),
    ],
    kernels: [
      .dynamic([.type(.dynamic), .type(.string), .any]) { arguments, writer in
        guard arguments[0].kind == .bag, let key = arguments[1].string else { return }
        let path = BagPath(key)
        guard path.keys.count < DynamicLimit.depth else { return }
        writer.append(arguments[0], setting: path, to: arguments[2])
      }
    ]
  )

  static let bagZip = ScalarFunction(
    "bag_zip",
    "keys:DynamicArray values:DynamicArray",
    "Makes a bag of an array of keys and one of values; missing values are null.",
    examples: [
      Example("print bag_zip(dynamic([\"a\", \"b\"]), dynamic([1, 2])).b", "2"),
      Example("print isnull(bag_zip(dynamic([\"a\"]), dynamic([])).a)", "true"),
    ],
    kernels: [
      .dynamic([.type(.dynamic), .type(.dynamic)]) { arguments, writer in
        guard arguments[0].kind == .array else { return }
        writer.beginBag()
        for (index, key) in arguments[0].elements.enumerated() {
          guard let name = key.string else { continue }
          writer.appendName(name)
          writer.append(arguments[1].element(at: index) ?? .null)
        }
        writer.endBag()
      }
    ]
  )
}

extension DynamicWriter {
  /// Appends a bag of the members of bags; the leftmost value of a key is kept.
  ///
  /// A bag under construction keeps the last value of a key, so that many members are written
  /// from the right to the left; few are looked up, which keeps their order.
  fileprivate mutating func appendMerged(_ bags: [DynamicView]) {
    let isLarge = bags.reduce(0) { $0 + $1.count } > 512
    beginBag()
    for (index, bag) in isLarge ? bags.enumerated().reversed() : Array(bags.enumerated()) {
      for member in bag.members {
        let isTaken = { bags[..<index].contains { $0.member(named: member.key) != nil } }
        if !isLarge, isTaken() { continue }
        appendName(member.key)
        append(member.value)
      }
    }
    endBag()
  }
}
