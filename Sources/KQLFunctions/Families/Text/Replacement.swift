import Columnar
import PatternMatching

extension ScalarFunction {
  static let replacementFamily: [ScalarFunction] = [
    replaceString, replaceStrings, translate, split,
  ]

  static let replaceString = ScalarFunction(
    "replace_string",
    "text lookup rewrite",
    "Replaces every occurrence of a text in another; an empty lookup replaces nothing.",
    examples: [
      Example("print replace_string(\"a cat\", \"cat\", \"dog\")", "a dog"),
      Example("print replace_string(\"aaa\", \"\", \"x\")", "aaa"),
    ],
    kernels: [
      .text { (text: TextView, lookup: TextView, rewrite: TextView, out: TextBuilder) in
        var offset = 0
        while lookup.count > 0, let found = text.firstOffset(of: lookup, from: offset) {
          out.write(text.part(offset, found))
          out.write(rewrite)
          offset = found &+ lookup.count
        }
        out.write(text.suffix(from: offset))
      }
    ]
  )

  static let replaceStrings = ScalarFunction(
    "replace_strings",
    "text lookups:DynamicArray rewrites:DynamicArray",
    "Replaces texts by those at the same place of another list, one lookup after the other; "
      + "what was put in is not replaced again.",
    examples: [
      Example(
        "print replace_strings(\"cat, dog\", dynamic([\"cat\", \"dog\"]), "
          + "dynamic([\"dog\", \"pigeon\"]))",
        "dog, pigeon"
      ),
      Example("print replace_strings(\"abc\", dynamic([]), dynamic([]))", "abc"),
    ],
    kernels: [
      .text { (text: TextView, lookups: DynamicView, rewrites: DynamicView, out: TextBuilder) in
        let pieces = Replacement.apply(text, lookups, rewrites)
        for piece in pieces { out.write(piece.text) }
      }
    ]
  )

  static let translate = ScalarFunction(
    "translate",
    "searchList replacementList source",
    "Replaces characters by those at the same place of another list, whose last one is repeated.",
    examples: [
      Example("print translate(\"krasp\", \"otsku\", \"spark\")", "kusto"),
      Example("print translate(\"abc\", \"x\", \"abcd\")", "xxxd"),
    ],
    kernels: [
      .text { (wanted: TextView, replacements: TextView, source: TextView, out: TextBuilder) in
        let from = wanted.characters
        let to = replacements.characters
        for character in source.characters {
          guard let place = from.firstIndex(where: { $0.isEqual(character) }) else {
            out.write(character)
            continue
          }
          if !to.isEmpty { out.write(to[min(place, to.count - 1)]) }
        }
      }
    ]
  )

  static let split = ScalarFunction(
    "split",
    "source delimiter:string requestedIndex?",
    naming: .firstArgument,
    "Splits a text at a delimiter into an array, or into the one part that is asked for.",
    examples: [
      Example("print split(\"a__b\", \"_\")", "[\"a\",\"\",\"b\"]"),
      Example("print split(\"aaa_bbb_ccc\", \"_\", 1)", "[\"bbb\"]"),
    ],
    kernels: [
      .dynamic { (source: TextView, delimiter: TextView, writer: inout DynamicWriter) in
        writer.beginArray()
        source.forEachPart(between: delimiter) { part, _ in writer.append(text: part) }
        writer.endArray()
      },
      ScalarKernel(
        [.type(.string), .type(.string), .type(.long)],
        result: .dynamic
      ) { call in
        let sources = TextReader(call.arguments[0])
        let delimiters = TextReader(call.arguments[1])
        let wanted = FixedReader<Int64>(call.arguments[2])
        return try liftDynamic(call) { row, writer in
          writer.beginArray()
          sources[row].forEachPart(between: delimiters[row]) { part, index in
            if Int64(index) == wanted[row] { writer.append(text: part) }
          }
          writer.endArray()
        }
      },
    ].withAnyScalar
  )
}

extension TextView {
  /// The characters, each as a view.
  var characters: [TextView] {
    var found: [TextView] = []
    var offset = 0
    while offset < count {
      let scalar = UTF8Scalar(at: offset, in: buffer)
      found.append(part(offset, offset &+ scalar.width))
      offset &+= scalar.width
    }
    return found
  }

  /// Calls `body` with the parts between delimiters and their numbers; an empty delimiter
  /// leaves the text whole.
  func forEachPart(between delimiter: TextView, _ body: (TextView, Int) -> Void) {
    var offset = 0
    var index = 0
    while delimiter.count > 0, let found = firstOffset(of: delimiter, from: offset) {
      body(part(offset, found), index)
      offset = found &+ delimiter.count
      index &+= 1
    }
    body(suffix(from: offset), index)
  }
}

/// A piece of a text under replacement.
private struct Replacement {
  let text: TextView
  /// Whether the piece was put in and stays as it is.
  let isFinal: Bool

  /// Replaces each lookup in what no earlier one has replaced. A rewrite that is no string
  /// leaves what it would replace, a lookup that is none finds nothing.
  static func apply(
    _ text: TextView,
    _ lookups: DynamicView,
    _ rewrites: DynamicView
  ) -> [Replacement] {
    var pieces = [Replacement(text: text, isFinal: false)]
    for (number, lookup) in lookups.elements.enumerated() {
      guard let bytes = lookup.string, bytes.count > 0, let base = bytes.baseAddress else {
        continue
      }
      let wanted = TextView(base: base, count: bytes.count)
      let rewrite = rewrites.element(at: number)?.string.flatMap { own in
        own.baseAddress.map { TextView(base: $0, count: own.count) }
      }
      pieces = pieces.flatMap { $0.isFinal ? [$0] : $0.replacing(wanted, with: rewrite) }
    }
    return pieces
  }

  private func replacing(_ wanted: TextView, with rewrite: TextView?) -> [Replacement] {
    var pieces: [Replacement] = []
    var offset = 0
    while let found = text.firstOffset(of: wanted, from: offset) {
      pieces.append(Replacement(text: text.part(offset, found), isFinal: false))
      pieces.append(Replacement(text: rewrite ?? wanted, isFinal: true))
      offset = found &+ wanted.count
    }
    pieces.append(Replacement(text: text.suffix(from: offset), isFinal: false))
    return pieces
  }
}
