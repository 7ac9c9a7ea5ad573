extension OperatorTreeTests {
  /// Trees of operators that choose and make columns.
  static let columnTrees: [(String, String)] = [
    (
      #"""
      T | assert-schema (a:int, b:string)
      """#,
      #"""
      (assertSchemaOperator schema:(rowSchema column:(columnDeclaration name:a type:int)
      column:(columnDeclaration name:b type:string)))
      """#
    ),
    (
      #"""
      T | extend a = 1, (b, c) = f(x), d
      """#,
      #"""
      (extendOperator expression:(namedExpression name:a expression:1)
      expression:(tupleNamedExpression name:b name:c expression:(functionCall name:f
      argument:x)) expression:d)
      """#
    ),
    (
      #"""
      T | getschema kind=csl
      """#,
      #"""
      (getschemaOperator kindName:csl)
      """#
    ),
    (
      #"""
      T | parse kind=regex flags=i a with * "x" b:long "y" *
      """#,
      #"""
      (parseOperator parameter:(operatorParameter name:kind value:regex)
      parameter:(operatorParameter name:flags value:i) expression:a pattern:* pattern:"x"
      pattern:(typedName name:b type:long) pattern:"y" pattern:*)
      """#
    ),
    (
      #"""
      T | parse-where a with b "x" "y" c
      """#,
      #"""
      (parseWhereOperator expression:a pattern:b pattern:(stringLiteral value:"x" value:"y")
      pattern:c)
      """#
    ),
    (
      #"""
      T | parse-kv a as (x:string, y:long) with (pair_delimiter=",", greedy=true)
      """#,
      #"""
      (parseKvOperator expression:a schema:(rowSchema column:(columnDeclaration name:x
      type:string) column:(columnDeclaration name:y type:long)) with:(withClause
      property:(operatorParameter name:pair_delimiter value:",") property:(operatorParameter
      name:greedy value:true)))
      """#
    ),
    (
      #"""
      T | project a, b = c
      """#,
      #"""
      (projectOperator expression:a expression:(namedExpression name:b expression:c))
      """#
    ),
    (
      #"""
      T | project-away a*, *b, ['c d']
      """#,
      #"""
      (projectAwayOperator column:(wildcardName part:a part:*) column:(wildcardName part:*
      part:b) column:(name name:'c d'))
      """#
    ),
    (
      #"""
      T | project-keep *
      """#,
      #"""
      (projectKeepOperator column:(wildcardName part:*))
      """#
    ),
    (
      #"""
      T | project-by-names "a", b, f(c)
      """#,
      #"""
      (projectByNamesOperator expression:"a" expression:b expression:(functionCall name:f
      argument:c))
      """#
    ),
    (
      #"""
      T | project-rename a = b
      """#,
      #"""
      (projectRenameOperator expression:(namedExpression name:a expression:b))
      """#
    ),
    (
      #"""
      T | project-reorder a* desc, b
      """#,
      #"""
      (projectReorderOperator column:(orderedExpression expression:(wildcardName part:a part:*)
      order:desc) column:(orderedExpression expression:b))
      """#
    ),
  ]
}
