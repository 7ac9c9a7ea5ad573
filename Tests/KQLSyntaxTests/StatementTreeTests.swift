import Testing

@testable import KQLSyntax

/// Holds the trees of statements.
struct StatementTreeTests {
  @Test(arguments: trees)
  func tree(text: String, expected: String) {
    let tree = SyntaxTree(text)
    #expect(tree.diagnostics.isEmpty)
    #expect(tree.brief == expected.joinedLines)
  }

  static let trees: [(String, String)] = [
    (
      #"""
      let a = 1;
      """#,
      #"""
      (queryBlock statement:(letStatement name:a value:1))
      """#
    ),
    (
      #"""
      let ['a b'] = T | take 1; ['a b']
      """#,
      #"""
      (queryBlock statement:(letStatement name:(name name:'a b') value:(pipeline source:T
      stage:(takeOperator count:1))) statement:(queryStatement expression:(name name:'a b')))
      """#
    ),
    (
      #"""
      let f = (T:(*), a:long=1, b:(x:string)) { let c = a; T | where x == c }; f(X, 2)
      """#,
      #"""
      (queryBlock statement:(letStatement name:f value:(functionDeclaration
      parameter:(functionParameter name:T type:(rowSchema star:*)) parameter:(functionParameter
      name:a type:long defaultValue:1) parameter:(functionParameter name:b type:(rowSchema
      column:(columnDeclaration name:x type:string))) body:(functionBody statement:(letStatement
      name:c value:a) expression:(pipeline source:T stage:(whereOperator predicate:(comparison
      operand:x operator:== operand:c)))))) statement:(queryStatement expression:(functionCall
      name:f argument:X argument:2)))
      """#
    ),
    (
      #"""
      let v = view () { T; };
      """#,
      #"""
      (queryBlock statement:(letStatement name:v value:(functionDeclaration view:view
      body:(functionBody expression:T))))
      """#
    ),
    (
      #"""
      let f = () { declare query_parameters(x:int); T };
      """#,
      #"""
      (queryBlock statement:(letStatement name:f value:(functionDeclaration body:(functionBody
      statement:(queryParametersStatement parameter:(functionParameter name:x type:int))
      expression:T))))
      """#
    ),
    (
      #"""
      let m = materialize(T | take 1); m
      """#,
      #"""
      (queryBlock statement:(letStatement name:m value:(materialize expression:(pipeline
      source:T stage:(takeOperator count:1)))) statement:(queryStatement expression:m))
      """#
    ),
    (
      #"""
      let g = entity_group [database("a"), cluster("b").database("c")];
      """#,
      #"""
      (queryBlock statement:(letStatement name:g value:(entityGroup item:(functionCall
      name:database argument:"a") item:(path base:(functionCall name:cluster argument:"b")
      segment:(memberSegment member:(functionCall name:database argument:"c"))))))
      """#
    ),
    (
      #"""
      set notruncation; set query_take_max_records = 10; T
      """#,
      #"""
      (queryBlock statement:(setStatement name:notruncation) statement:(setStatement
      name:query_take_max_records value:10) statement:(queryStatement expression:T))
      """#
    ),
    (
      #"""
      alias database d = cluster("x").database("y");
      """#,
      #"""
      (queryBlock statement:(aliasStatement name:d value:(path base:(functionCall name:cluster
      argument:"x") segment:(memberSegment member:(functionCall name:database argument:"y")))))
      """#
    ),
    (
      #"""
      declare query_parameters(a:int = 1, b:string);
      """#,
      #"""
      (queryBlock statement:(queryParametersStatement parameter:(functionParameter name:a
      type:int defaultValue:1) parameter:(functionParameter name:b type:string)))
      """#
    ),
    (
      #"""
      declare pattern p;
      """#,
      #"""
      (queryBlock statement:(patternStatement name:p))
      """#
    ),
    (
      #"""
      declare pattern p = (a:string)[b:string] { ("x").["y"] = { let c = 1; T }; ("z").["w"] =
      { U }; };
      """#,
      #"""
      (queryBlock statement:(patternStatement name:p declaration:(patternDeclaration
      parameter:(functionParameter name:a type:string) pathParameter:(functionParameter name:b
      type:string) match:(patternMatch value:"x" pathValue:"y" body:(functionBody
      statement:(letStatement name:c value:1) expression:T)) match:(patternMatch value:"z"
      pathValue:"w" body:(functionBody expression:U)))))
      """#
    ),
    (
      #"""
      restrict access to (database("x").*, T, U*) with
      (AllowManagedIdentityAuthentication=true); T
      """#,
      #"""
      (queryBlock statement:(restrictStatement item:(path base:(functionCall name:database
      argument:"x") segment:(memberSegment member:(wildcardName part:*))) item:T
      item:(wildcardName part:U part:*) with:(withClause property:(operatorParameter
      name:AllowManagedIdentityAuthentication value:true))) statement:(queryStatement
      expression:T))
      """#
    ),
    (
      #"""
      #connect x
      print 1
      """#,
      #"""
      (queryBlock directive:#connect x statement:(queryStatement expression:(printOperator
      expression:1)))
      """#
    ),
    (
      #"""
      ; print 1;; print 2;
      """#,
      #"""
      (queryBlock statement:(queryStatement expression:(printOperator expression:1))
      statement:(queryStatement expression:(printOperator expression:2)))
      """#
    ),
  ]
}
