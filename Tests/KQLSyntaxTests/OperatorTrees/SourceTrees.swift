extension OperatorTreeTests {
  /// Trees of operators that begin a pipeline or bring in tables and functions.
  static let sourceTrees: [(String, String)] = [
    (
      #"""
      T | evaluate hint.distribution=single bag_unpack(d) : (*, a:long)
      """#,
      #"""
      (evaluateOperator parameter:(operatorParameter name:hint.distribution value:single)
      call:(functionCall name:bag_unpack argument:d) schema:(rowSchema star:*
      column:(columnDeclaration name:a type:long)))
      """#
    ),
    (
      #"""
      find withsource=s in (T, U*) where a == 1 project b, c:string, pack(*)
      """#,
      #"""
      (findOperator parameter:(operatorParameter name:withsource value:s) item:T
      item:(wildcardName part:U part:*) predicate:(comparison operand:a operator:== operand:1)
      project:b project:(typedName name:c type:string) project:(packExpression value:*))
      """#
    ),
    (
      #"""
      find a == 1 project-smart
      """#,
      #"""
      (findOperator predicate:(comparison operand:a operator:== operand:1)
      projectSmart:project-smart)
      """#
    ),
    (
      #"""
      find where a == 1 __projectAway b
      """#,
      #"""
      (findOperator predicate:(comparison operand:a operator:== operand:1) projectAway:b)
      """#
    ),
    (
      #"""
      T | invoke f(a, b=1).g()
      """#,
      #"""
      (invokeOperator call:(path base:(functionCall name:f argument:a argument:(namedExpression
      name:b expression:1)) segment:(memberSegment member:(functionCall name:g))))
      """#
    ),
    (
      #"""
      macro-expand isfuzzy=true entity_group [database("a"), b] as X (let c = 1; X.T | take
      c;)
      """#,
      #"""
      (macroExpandOperator parameter:(operatorParameter name:isfuzzy value:true)
      group:(entityGroup item:(functionCall name:database argument:"a") item:b) name:X
      statement:(letStatement name:c value:1) statement:(queryStatement expression:(pipeline
      source:(path base:X segment:(memberSegment member:T)) stage:(takeOperator count:c))))
      """#
    ),
    (
      #"""
      macro-expand X in EG (X.T)
      """#,
      #"""
      (macroExpandOperator name:X group:EG statement:(queryStatement expression:(path base:X
      segment:(memberSegment member:T))))
      """#
    ),
    (
      #"""
      print a = 1, "x"
      """#,
      #"""
      (printOperator expression:(namedExpression name:a expression:1) expression:"x")
      """#
    ),
    (
      #"""
      range x from 1 to 10 step 2
      """#,
      #"""
      (rangeOperator name:x from:1 to:10 step:2)
      """#
    ),
    (
      #"""
      search kind=case_sensitive in (T, database("d").U*) "x" and a:"y"
      """#,
      #"""
      (searchOperator parameter:(operatorParameter name:kind value:case_sensitive) item:T
      item:(path base:(functionCall name:database argument:"d") segment:(memberSegment
      member:(wildcardName part:U part:*))) predicate:(logicalAnd operand:"x" operator:and
      operand:(stringMatch operand:a operator:: operand:"y")))
      """#
    ),
    (
      #"""
      T | search *
      """#,
      #"""
      (searchOperator predicate:*)
      """#
    ),
    (
      #"""
      T | search * and a has "b"
      """#,
      #"""
      (searchOperator predicate:(logicalAnd operand:* operator:and operand:(stringMatch
      operand:a operator:has operand:"b")))
      """#
    ),
    (
      #"""
      union withsource=S kind=outer T*, (U | count), database("d").V,
      cluster("c").database("d").W*, [X*]
      """#,
      #"""
      (unionOperator parameter:(operatorParameter name:withsource value:S)
      parameter:(operatorParameter name:kind value:outer) item:(wildcardName part:T part:*)
      item:(parenthesized expression:(pipeline source:U stage:(countOperator))) item:(path
      base:(functionCall name:database argument:"d") segment:(memberSegment member:V))
      item:(path base:(functionCall name:cluster argument:"c") segment:(memberSegment
      member:(functionCall name:database argument:"d")) segment:(memberSegment
      member:(wildcardName part:W part:*))) item:(wildcardName part:X part:*))
      """#
    ),
  ]
}
