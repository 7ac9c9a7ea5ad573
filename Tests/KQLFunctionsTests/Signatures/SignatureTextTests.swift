import Columnar
import KQLFunctions
import Testing

/// Holds how signatures are read from the text of a declaration, and what its kernels add.
struct SignatureTextTests {
  private func symbol(_ signature: String, _ kernels: [ScalarKernel] = []) -> FunctionSymbol? {
    ScalarFunction("trial", signature, "Tries.", examples: [], kernels: kernels).symbol
  }

  private func kernel(_ types: [ScalarKernel.Parameter], _ result: ScalarType?) -> ScalarKernel {
    ScalarKernel(types, result: result) { $0.arguments[0] }
  }

  @Test func aParameterSaysKindFormAndCount() throws {
    let found = try #require(
      symbol("a:Number b:string+dynamic@Constant? c:type@Literal d:Scalar*2...5 e:Any*0... -> bool")
    )
    let parameters = try #require(found.signatures.first).parameters
    #expect(parameters.map(\.name) == ["a", "b", "c", "d", "e"])
    #expect(parameters.map(\.kind) == [.number, .declared, .declared, .scalar, .any])
    #expect(parameters[1].types == [.string, .dynamic])
    #expect(parameters.map(\.form) == [.any, .constant, .literal, .any, .any])
    #expect(parameters.map(\.minimumCount) == [1, 0, 1, 2, 0])
    #expect(parameters.map(\.maximumCount) == [1, 1, 1, 5, FunctionParameter.repeatLimit])
    #expect(parameters[2].acceptsTypeLiteral)
    #expect(found.signatures[0].returns == .declared(.bool))
  }

  @Test func signaturesAreDividedAndMayBeHidden() throws {
    let found = try #require(symbol("-> long\n| x:Scalar -> Parameter0 !\n| y:Any -> Unknown"))
    #expect(found.signatures.map(\.parameters.count) == [0, 1, 1])
    #expect(found.signatures.map(\.isHidden) == [false, true, false])
    #expect(found.signatures.map(\.returns) == [.declared(.long), .parameter0, .declared(nil)])
  }

  @Test func kernelsGiveWhatTheTextLeavesOut() throws {
    let found = try #require(
      symbol(
        "a b c d e? f:Scalar",
        [
          kernel(
            [
              .type(.long), .type(.real), .type(.datetime), .any, .type(.string), .type(.string),
            ],
            .string
          ),
          kernel(
            [
              .type(.long), .type(.long), .type(.datetime), .type(.long), .type(.dynamic), .any,
            ],
            .string
          ),
        ]
      )
    )
    let parameters = found.signatures[0].parameters
    let kinds: [FunctionParameter.Kind] = [
      .integer, .number, .declared, .scalar, .stringOrDynamic, .scalar,
    ]
    #expect(parameters.map(\.kind) == kinds)
    #expect(parameters[2].types == [.datetime])
    #expect(parameters[4].isOptional)
    #expect(found.signatures[0].returns == .declared(.string))
  }

  @Test func whatCannotBeReadIsNoSymbol() {
    #expect(symbol("a:Numbr -> bool") == nil)
    #expect(symbol("a:strng -> bool") == nil)
    #expect(symbol("a:Scalar@Konstant -> bool") == nil)
    #expect(symbol("a:Scalar*2 -> bool") == nil)
    #expect(symbol("a:Scalar -> Parameter9") == nil)
    #expect(symbol("a:Scalar -> bool long") == nil)
    // Without kernels nothing says the type of the parameter, or of the call.
    #expect(symbol("a -> bool") == nil)
    #expect(symbol("a:Scalar") == nil)
    // Kernels that do not agree.
    let mixed = [kernel([.type(.bool)], .bool), kernel([.type(.guid)], .long)]
    #expect(symbol("a -> bool", mixed) == nil)
    #expect(symbol("a:Scalar", mixed) == nil)
  }

  @Test func callsAreShownWithoutTypes() {
    let trial = ScalarFunction(
      "trial",
      "text:string@Constant start? more:Scalar*1...64 | other:Any -> long | other:bool !",
      "Tries.",
      examples: [],
      kernels: []
    )
    #expect(trial.calls == ["trial(text, [start], more...)", "trial(other)"])
    #expect(FunctionCatalog.aggregate("count")?.calls == ["count()", "count(expr)"])
  }
}
